-- The register of a unit in a state, the state first: with the unit first this index looked as good to
-- SQLite as those of the desk, which begin with the unit too, and was walked through every case of a
-- unit where one of theirs holds the few that are looked for.
DROP INDEX case_unit_state_received;
CREATE INDEX case_state_unit_received ON case_file (public_state, unit_id, received_at, id);
