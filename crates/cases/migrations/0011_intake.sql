-- How a case came that an operator took in for somebody: who wrote it down, and, sealed under the
-- case's key, their name, the way, the day of a letter's receipt and its number at the sender's.
CREATE TABLE case_intake (
  case_id {UUID} PRIMARY KEY REFERENCES case_file (id),
  operator_id {UUID} NOT NULL,
  taken_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_intake]
-- What an operator took in, newest first.
CREATE INDEX case_intake_of ON case_intake (operator_id, taken_at, case_id);

-- Housekeeping: the same of drafts, sealed as drafts are.
CREATE TABLE case_draft_intake (
  draft_id {UUID} PRIMARY KEY,
  operator_id {UUID} NOT NULL,
  body {BYTES} NOT NULL
);
CREATE INDEX case_draft_intake_of ON case_draft_intake (operator_id);
