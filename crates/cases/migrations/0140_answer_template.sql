-- Words that a unit keeps ready for the answers that it gives often, with places that are filled in for
-- each case. Staff write them and no word of an applicant is in them. What was put aside is offered no
-- more and keeps its row.
CREATE TABLE answer_template (
  id {UUID} PRIMARY KEY,
  unit_id {UUID} NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT,
  text TEXT NOT NULL,
  made_at {TIME} NOT NULL,
  changed_at {TIME} NOT NULL,
  archived_at {TIME}
);
--[guard answer_template]
CREATE UNIQUE INDEX answer_template_name ON answer_template (unit_id, name) WHERE archived_at IS NULL;
CREATE INDEX answer_template_unit ON answer_template (unit_id, id);
