-- The register of a unit in a state: without it the rows of the whole state are walked, and of a
-- million cases there are very many in work.
CREATE INDEX case_unit_state_received ON case_file (unit_id, public_state, received_at, id);
