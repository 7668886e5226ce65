-- What the clock has said of a case, each mark once for each term: so many working days left
-- (`reminded`), so large a share of the term gone (`escalated`), the term over (`overdue`).
CREATE TABLE case_mark (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('reminded', 'escalated', 'overdue')),
  mark BIGINT NOT NULL,
  due_on TEXT NOT NULL,
  made_at {TIME} NOT NULL,
  UNIQUE (case_id, kind, mark, due_on)
);
--[guard case_mark]

-- Housekeeping: the day on which something is next to be said of an open case. A follower keeps it,
-- so that the clock reads only the cases whose day has come.
CREATE TABLE case_watch (
  case_id {UUID} PRIMARY KEY,
  next_on TEXT NOT NULL
);
CREATE INDEX case_watch_next ON case_watch (next_on, case_id);
