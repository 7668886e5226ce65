-- A case: what everybody's lists need stands in clear columns; what it says is sealed in `content`
-- under the case's own key.
CREATE TABLE case_file (
  id {UUID} PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  data_key_id {UUID} NOT NULL,
  service_id {UUID} NOT NULL,
  service_version BIGINT NOT NULL,
  category_id {UUID},
  unit_id {UUID} NOT NULL,
  territory_id {UUID},
  person_id {UUID},
  state TEXT NOT NULL,
  public_state TEXT NOT NULL,
  outcome TEXT,
  source TEXT NOT NULL,
  outside_number TEXT,
  received_at {TIME} NOT NULL,
  registered_on TEXT NOT NULL,
  due_on TEXT,
  answered_at {TIME},
  closed_at {TIME},
  assignee_id {UUID},
  waits_for TEXT,
  content {BYTES} NOT NULL,
  term {JSON},
  route {JSON} NOT NULL
);
--[guard case_file]
-- The public register, newest first, with each of its filters.
CREATE INDEX case_received ON case_file (received_at, id);
CREATE INDEX case_unit_received ON case_file (unit_id, received_at, id);
CREATE INDEX case_category_received ON case_file (category_id, received_at, id);
CREATE INDEX case_state_received ON case_file (public_state, received_at, id);
-- The queue: what runs out first; what has no term comes last.
CREATE INDEX case_queue ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id) WHERE answered_at IS NULL;
CREATE INDEX case_agreement ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id) WHERE state = 'in_agreement';
CREATE INDEX case_mine ON case_file (assignee_id, COALESCE(due_on, '9999-12-31'), id)
  WHERE assignee_id IS NOT NULL AND closed_at IS NULL;
-- The cabinet.
CREATE INDEX case_own ON case_file (person_id, received_at, id) WHERE person_id IS NOT NULL;
-- A case that was carried over is found by the number it had, and is never carried over twice.
CREATE UNIQUE INDEX case_outside ON case_file (source, outside_number) WHERE outside_number IS NOT NULL;

CREATE TABLE case_message (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  side TEXT NOT NULL,
  author_id {UUID},
  sent_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_message]
CREATE INDEX case_message_of ON case_message (case_id, sent_at, id);

CREATE TABLE case_answer (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  author_id {UUID} NOT NULL,
  head_id {UUID},
  written_at {TIME} NOT NULL,
  delivered_at {TIME},
  body {BYTES} NOT NULL
);
--[guard case_answer]
CREATE INDEX case_answer_of ON case_answer (case_id, written_at, id);

CREATE TABLE case_assignment (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  unit_id {UUID} NOT NULL,
  account_id {UUID} NOT NULL,
  assigned_by {UUID} NOT NULL,
  assigned_at {TIME} NOT NULL,
  ended_at {TIME}
);
--[guard case_assignment]
CREATE INDEX case_assignment_of ON case_assignment (case_id, assigned_at, id);

-- Housekeeping from here on: what is not accepted yet, and what can be recomputed.
CREATE TABLE case_draft (
  id {UUID} PRIMARY KEY,
  person_id {UUID},
  service_code TEXT NOT NULL,
  saved_at {TIME} NOT NULL,
  case_id {UUID},
  content {BYTES} NOT NULL
);
CREATE INDEX case_draft_own ON case_draft (person_id, saved_at) WHERE person_id IS NOT NULL;
CREATE INDEX case_draft_old ON case_draft (saved_at);

CREATE TABLE case_idempotency (
  key {BYTES} PRIMARY KEY,
  body {BYTES} NOT NULL,
  case_id {UUID} NOT NULL,
  created_at {TIME} NOT NULL
);

-- Readings of personal data: one row per reader, case and quarter of an hour; an hourly entry
-- commits to them.
CREATE TABLE case_reading (
  account_id {UUID} NOT NULL,
  case_id {UUID} NOT NULL,
  quarter BIGINT NOT NULL,
  PRIMARY KEY (quarter, case_id, account_id)
);
CREATE INDEX case_reading_of ON case_reading (case_id, quarter);

CREATE TABLE case_reading_sealed (
  one INTEGER PRIMARY KEY,
  until BIGINT NOT NULL
);

-- Kept counts, recomputable from the log by the follower that keeps them.
CREATE TABLE case_figure (
  day TEXT NOT NULL,
  what TEXT NOT NULL,
  days BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  PRIMARY KEY (day, what, days)
);
