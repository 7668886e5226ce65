-- An answer as it was printed: the file is known by its hash, and `genuine` answers by it.
CREATE TABLE case_paper (
  sha256 TEXT PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  answer_id {UUID} NOT NULL REFERENCES case_answer (id),
  printed_at {TIME} NOT NULL
);
--[guard case_paper]
CREATE INDEX case_paper_of ON case_paper (case_id, printed_at);
