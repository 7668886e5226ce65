-- What happens to a case beside letters and answers. Words that people wrote are sealed in `body`
-- under the case's own key.

-- The applicant was asked for documents; the case goes back to `returns_to` with their reply. A
-- `ground` says that the term stands still meanwhile.
CREATE TABLE case_wait (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  asked_by {UUID} NOT NULL,
  asked_at {TIME} NOT NULL,
  returns_to TEXT NOT NULL,
  ground TEXT,
  ended_at {TIME},
  body {BYTES} NOT NULL
);
--[guard case_wait]
CREATE INDEX case_wait_of ON case_wait (case_id, asked_at, id);

-- A head lengthened the term.
CREATE TABLE case_extension (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  decided_by {UUID} NOT NULL,
  decided_at {TIME} NOT NULL,
  decided_on TEXT NOT NULL,
  days BIGINT NOT NULL,
  ground TEXT NOT NULL,
  due_before TEXT NOT NULL,
  due_on TEXT NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_extension]
CREATE INDEX case_extension_of ON case_extension (case_id, decided_at, id);

-- A part of the work, given to a unit beside the one that answers.
CREATE TABLE case_part (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  unit_id {UUID} NOT NULL,
  account_id {UUID},
  asked_by {UUID} NOT NULL,
  asked_at {TIME} NOT NULL,
  due_on TEXT,
  state TEXT NOT NULL,
  ended_at {TIME},
  body {BYTES} NOT NULL
);
--[guard case_part]
CREATE INDEX case_part_of ON case_part (case_id, asked_at, id);
CREATE INDEX case_part_open ON case_part (unit_id, case_id) WHERE ended_at IS NULL;

-- Who stands beside the one who filed.
CREATE TABLE case_party (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  role TEXT NOT NULL,
  person_id {UUID},
  added_by {UUID},
  added_at {TIME} NOT NULL,
  ended_at {TIME},
  body {BYTES} NOT NULL
);
--[guard case_party]
CREATE INDEX case_party_of ON case_party (case_id, added_at, id);
CREATE INDEX case_party_own ON case_party (person_id, case_id) WHERE person_id IS NOT NULL AND ended_at IS NULL;

-- A turn that a case took, with its reason: redirected, forwarded, cancelled, reopened, delayed,
-- corrected.
CREATE TABLE case_turn (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  side TEXT NOT NULL,
  made_by {UUID},
  made_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_turn]
CREATE INDEX case_turn_of ON case_turn (case_id, made_at, id);

-- What the applicant thinks of the work, with the reply.
CREATE TABLE case_rating (
  case_id {UUID} PRIMARY KEY REFERENCES case_file (id),
  stars BIGINT NOT NULL,
  rated_at {TIME} NOT NULL,
  replied_by {UUID},
  replied_at {TIME},
  body {BYTES} NOT NULL
);
--[guard case_rating]

-- Cases that belong together: `case_id` is an objection against the answer to `other_id`.
CREATE TABLE case_link (
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  other_id {UUID} NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  linked_at {TIME} NOT NULL,
  PRIMARY KEY (case_id, other_id)
);
--[guard case_link]
CREATE INDEX case_link_back ON case_link (other_id, case_id);

-- Who signed an answer, and what exactly.
CREATE TABLE case_signature (
  answer_id {UUID} PRIMARY KEY REFERENCES case_answer (id),
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  account_id {UUID} NOT NULL,
  signed_at {TIME} NOT NULL,
  answer_sha256 TEXT NOT NULL
);
--[guard case_signature]
CREATE INDEX case_signature_of ON case_signature (case_id);

-- A case that was forwarded or taken back has no answer and is not owed one.
DROP INDEX case_queue;
CREATE INDEX case_queue ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id)
  WHERE answered_at IS NULL AND closed_at IS NULL;
