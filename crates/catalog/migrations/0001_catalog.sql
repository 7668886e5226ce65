-- What can be asked for, about what, and who gets it.
CREATE TABLE service (
    id {UUID} PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('public', 'suspended')),
    definition {JSON} NOT NULL
);
--[guard service]

-- Every version that was ever in force: a case keeps the one that it was filed under.
CREATE TABLE service_version (
    service_id {UUID} NOT NULL REFERENCES service (id),
    version INTEGER NOT NULL,
    definition {JSON} NOT NULL,
    PRIMARY KEY (service_id, version)
);
--[guard service_version]

-- The tree of subjects.
CREATE TABLE category (
    id {UUID} PRIMARY KEY,
    parent_id {UUID} REFERENCES category (id),
    code TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'closed'))
);
CREATE INDEX category_parent ON category (parent_id);
--[guard category]

-- Which unit gets a case, in order of position; an empty column means any. Units and territories
-- belong to another slice.
CREATE TABLE route_rule (
    id {UUID} PRIMARY KEY,
    position BIGINT NOT NULL,
    category_id {UUID} REFERENCES category (id),
    territory_id {UUID},
    service_id {UUID} REFERENCES service (id),
    unit_id {UUID} NOT NULL,
    reason_ru TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    valid INTEGER NOT NULL CHECK (valid IN (0, 1))
);
CREATE INDEX route_rule_position ON route_rule (position);
--[guard route_rule]

-- Housekeeping: how often the catalogue has changed, so that a kept copy knows when it is old, and
-- how many categories it has, so that it stays bounded.
CREATE TABLE catalog_stamp (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL,
    categories BIGINT NOT NULL,
    rules BIGINT NOT NULL
);
INSERT INTO catalog_stamp (id, version, categories, rules) VALUES (1, 0, 0, 0);
