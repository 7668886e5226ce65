-- The terms of a case beside that of the answer, as days: by when it had to be registered, by when
-- the work begins, by when it may be forwarded, the agency's own aim, what the specialist plans. An
-- old case has none of them.
ALTER TABLE case_file ADD COLUMN register_by TEXT;
ALTER TABLE case_file ADD COLUMN begin_by TEXT;
ALTER TABLE case_file ADD COLUMN forward_by TEXT;
ALTER TABLE case_file ADD COLUMN aim_on TEXT;
ALTER TABLE case_file ADD COLUMN planned_on TEXT;
-- The day on which the work began.
ALTER TABLE case_file ADD COLUMN begun_on TEXT;
-- How urgent it is: that of its subject when it was filed, or what a head has set since.
ALTER TABLE case_file ADD COLUMN priority TEXT;
-- Until when the applicant is asked to send what is asked for.
ALTER TABLE case_wait ADD COLUMN send_by TEXT;

-- What the clock has said of these terms, each mark once for each of them: so many days left, or
-- -1 when the day has passed.
CREATE TABLE case_clock_mark (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  clock TEXT NOT NULL,
  mark BIGINT NOT NULL,
  due_on TEXT NOT NULL,
  made_at {TIME} NOT NULL,
  UNIQUE (case_id, clock, mark, due_on)
);
--[guard case_clock_mark]

-- What goes before others, with what runs out first.
CREATE INDEX case_urgent ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id)
  WHERE answered_at IS NULL AND closed_at IS NULL AND priority IN ('high', 'urgent');
