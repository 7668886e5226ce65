-- What an administrator sets without a programmer. What is told of a category, service or territory
-- stands in tables of its own, so that rows written before stay as they were sealed.

-- A post and its holder, to whom people can write; units belong to another slice.
CREATE TABLE official (
    id {UUID} PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    unit_id {UUID} NOT NULL,
    position INTEGER NOT NULL,
    post_ru TEXT NOT NULL,
    post_en TEXT NOT NULL,
    holder_ru TEXT NOT NULL,
    holder_en TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'closed'))
);
--[guard official]

-- How cases of a category are handled. Empty means: as the category above says. A category that is
-- not offered is kept for the cases that have it.
CREATE TABLE category_processing (
    category_id {UUID} PRIMARY KEY REFERENCES category (id),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    service_id {UUID} REFERENCES service (id),
    unit_id {UUID},
    priority TEXT CHECK (priority IN ('low', 'usual', 'high', 'urgent')),
    terms {JSON} NOT NULL
);
--[guard category_processing]

-- Which version of what comes with the product each version is; empty when it was written here.
CREATE TABLE service_origin (
    service_id {UUID} NOT NULL REFERENCES service (id),
    version INTEGER NOT NULL,
    shipped INTEGER,
    PRIMARY KEY (service_id, version)
);
--[guard service_origin]

-- Newer versions that came with the product for services that were changed here.
CREATE TABLE service_proposal (
    service_id {UUID} NOT NULL REFERENCES service (id),
    shipped INTEGER NOT NULL,
    definition {JSON} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'refused')),
    PRIMARY KEY (service_id, shipped)
);
--[guard service_proposal]

-- Terms that the law leaves to the installation, laid over the built-in rules from a date on.
CREATE TABLE law_setting (
    regime TEXT NOT NULL,
    term TEXT NOT NULL,
    version INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    length INTEGER NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('calendar_days', 'working_days')),
    reason TEXT NOT NULL,
    PRIMARY KEY (regime, term, version)
);
--[guard law_setting]

-- The outline of a territory: rings of [longitude, latitude].
CREATE TABLE territory_outline (
    territory_id {UUID} PRIMARY KEY,
    rings {JSON} NOT NULL
);
--[guard territory_outline]
