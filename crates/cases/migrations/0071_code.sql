-- Which return code of a case holds: how often a new one was given in place of the first. Empty
-- while the first one holds.
ALTER TABLE case_file ADD COLUMN code_turn BIGINT;
