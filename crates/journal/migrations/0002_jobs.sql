-- A lane looks for its own kinds of job: without the kind in the index it walked past every letter that
-- waits, and past its payload, to find that there is nothing else.
CREATE INDEX job_of_kind ON job (state, kind, run_at);
