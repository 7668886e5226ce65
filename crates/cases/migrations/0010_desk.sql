-- Notes among colleagues: never for the applicant.
CREATE TABLE case_note (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  author_id {UUID} NOT NULL,
  written_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_note]
CREATE INDEX case_note_of ON case_note (case_id, written_at, id);

-- The stages that a case has left behind, with the unit that had it then.
CREATE TABLE case_stage (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  unit_id {UUID} NOT NULL,
  state TEXT NOT NULL,
  entered_at {TIME} NOT NULL,
  left_at {TIME} NOT NULL
);
--[guard case_stage]
CREATE INDEX case_stage_of ON case_stage (case_id, left_at, id);
CREATE INDEX case_stage_unit ON case_stage (unit_id, left_at, id);

-- The journal of services: what is finished, the newest first.
CREATE INDEX case_finished ON case_file (unit_id, COALESCE(answered_at, closed_at), id)
  WHERE COALESCE(answered_at, closed_at) IS NOT NULL;
