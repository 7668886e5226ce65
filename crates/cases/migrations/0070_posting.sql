-- Since when an answer waits to go out on paper: to be posted, or laid ready to be collected. Empty
-- where nothing waits.
ALTER TABLE case_file ADD COLUMN paper_since {TIME};
CREATE INDEX case_posting ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id)
  WHERE paper_since IS NOT NULL;
