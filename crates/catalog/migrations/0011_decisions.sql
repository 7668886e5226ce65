-- Rules by which cases of a service are decided without a person, version by version: written,
-- proposed with the unit in whose name they decide, approved by an officer of that unit, in force
-- from a day, withdrawn. What was approved is never changed: a case is decided by the version that
-- it was filed under. Accounts and units belong to another slice.
CREATE TABLE decision_rules (
    id {UUID} PRIMARY KEY,
    service_id {UUID} NOT NULL REFERENCES service (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'approved', 'withdrawn')),
    text TEXT NOT NULL,
    shipped INTEGER,
    written_by {UUID},
    written_at {TIME} NOT NULL,
    unit_id {UUID},
    valid_from TEXT,
    proposed_by {UUID},
    proposed_at {TIME},
    approved_by {UUID},
    approved_at {TIME},
    withdrawn_by {UUID},
    withdrawn_at {TIME},
    withdrawn_on TEXT,
    reason TEXT,
    UNIQUE (service_id, version)
);
--[guard decision_rules]
CREATE INDEX decision_rules_state ON decision_rules (state, service_id, version);
