-- The public register by kind and by how it ended, newest first; and how many cases a territory
-- has, counted from the index alone.
CREATE INDEX case_service_received ON case_file (service_id, received_at, id);
CREATE INDEX case_outcome_received ON case_file (outcome, received_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX case_territory_state ON case_file (territory_id, public_state, service_id);
