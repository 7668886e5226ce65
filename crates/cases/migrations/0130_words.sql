-- Since when words or documents of the applicant wait for somebody of staff to react: set by the first
-- that come after the work began, emptied by a letter, a request, an answer or a note. A case that is
-- there already begins with the next of them: every change of a case has an entry, a migration none.
ALTER TABLE case_file ADD COLUMN words_since {TIME};
CREATE INDEX case_words ON case_file (unit_id, COALESCE(due_on, '9999-12-31'), id)
  WHERE words_since IS NOT NULL;
