-- That a case is to be decided by its service's rules: by which version, and what came of it. What
-- the rules said stands with the answer, sealed.
CREATE TABLE case_ruling (
  case_id {UUID} PRIMARY KEY REFERENCES case_file (id),
  rules_version BIGINT NOT NULL,
  identified INTEGER NOT NULL CHECK (identified IN (0, 1)),
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'decided', 'proposed', 'left', 'reviewed')),
  rule TEXT,
  ruled_at {TIME}
);
--[guard case_ruling]
CREATE INDEX case_ruling_waiting ON case_ruling (case_id) WHERE state = 'waiting';
