-- Problems: cases about one cause, told to everybody. What stands here in the clear is for everybody
-- to read; staff write it and no word of an applicant is in it.
CREATE TABLE problem (
  id {UUID} PRIMARY KEY,
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  place TEXT NOT NULL,
  category_id {UUID},
  territory_id {UUID},
  unit_id {UUID} NOT NULL,
  state TEXT NOT NULL,
  cases BIGINT NOT NULL,
  opened_at {TIME} NOT NULL,
  closed_at {TIME},
  closing TEXT NOT NULL,
  data_key_id {UUID} NOT NULL
);
--[guard problem]
CREATE UNIQUE INDEX problem_number ON problem (number);
CREATE INDEX problem_state ON problem (state, number);
CREATE INDEX problem_unit ON problem (unit_id, number);
CREATE INDEX problem_category ON problem (category_id, number);

-- Which cases are about it; one that has left keeps its row.
CREATE TABLE problem_case (
  problem_id {UUID} NOT NULL REFERENCES problem (id),
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  joined_at {TIME} NOT NULL,
  joined_by {UUID} NOT NULL,
  left_at {TIME},
  PRIMARY KEY (problem_id, case_id)
);
--[guard problem_case]
CREATE UNIQUE INDEX problem_case_now ON problem_case (case_id) WHERE left_at IS NULL;
CREATE INDEX problem_case_of ON problem_case (problem_id, case_id) WHERE left_at IS NULL;

-- Tasks: what an authority does on the ground, with who does it and by when. `said` is what was
-- told last in public: how it was done, why it was put off or dropped.
CREATE TABLE task (
  id {UUID} PRIMARY KEY,
  number BIGINT NOT NULL,
  source TEXT NOT NULL,
  problem_id {UUID} REFERENCES problem (id),
  case_id {UUID} REFERENCES case_file (id),
  title TEXT NOT NULL,
  todo TEXT NOT NULL,
  unit_id {UUID} NOT NULL,
  owner_id {UUID},
  set_by {UUID} NOT NULL,
  set_at {TIME} NOT NULL,
  due_on TEXT NOT NULL,
  state TEXT NOT NULL,
  begun_on TEXT,
  done_on TEXT,
  done_by {UUID},
  said TEXT NOT NULL,
  ended_at {TIME},
  speak_on TEXT,
  data_key_id {UUID} NOT NULL
);
--[guard task]
CREATE UNIQUE INDEX task_number ON task (number);
CREATE INDEX task_unit ON task (unit_id, due_on, number) WHERE ended_at IS NULL;
CREATE INDEX task_own ON task (owner_id, due_on, number) WHERE ended_at IS NULL;
CREATE INDEX task_ended ON task (unit_id, ended_at, number) WHERE ended_at IS NOT NULL;
CREATE INDEX task_problem ON task (problem_id, number) WHERE problem_id IS NOT NULL;
CREATE INDEX task_case ON task (case_id, number) WHERE case_id IS NOT NULL;
CREATE INDEX task_speak ON task (speak_on) WHERE speak_on IS NOT NULL;

-- Stages of the works, in their order.
CREATE TABLE task_stage (
  id {UUID} PRIMARY KEY,
  task_id {UUID} NOT NULL REFERENCES task (id),
  place BIGINT NOT NULL,
  title TEXT NOT NULL,
  from_on TEXT,
  until_on TEXT NOT NULL,
  done_on TEXT,
  note TEXT NOT NULL
);
--[guard task_stage]
CREATE INDEX task_stage_of ON task_stage (task_id, place, id);

-- Photographs and papers of the works: bytes among the objects, sealed under the task's key; name and
-- hash are sealed in `body`. Everybody is given the cleaned copy.
CREATE TABLE task_document (
  id {UUID} PRIMARY KEY,
  task_id {UUID} NOT NULL REFERENCES task (id),
  stage_id {UUID},
  shows TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  original {BYTES} NOT NULL,
  cleaned {BYTES} NOT NULL,
  thumbnail {BYTES},
  author_id {UUID} NOT NULL,
  added_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
--[guard task_document]
CREATE INDEX task_document_of ON task_document (task_id, added_at, id);

-- An applicant says that what was told as done is not done: their words are sealed under their case's key.
CREATE TABLE task_dispute (
  id {UUID} PRIMARY KEY,
  task_id {UUID} NOT NULL REFERENCES task (id),
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  document_id {UUID},
  made_at {TIME} NOT NULL,
  looked_at {TIME},
  looked_by {UUID},
  body {BYTES} NOT NULL
);
--[guard task_dispute]
CREATE INDEX task_dispute_of ON task_dispute (task_id, made_at, id);
CREATE INDEX task_dispute_open ON task_dispute (task_id, case_id) WHERE looked_at IS NULL;
