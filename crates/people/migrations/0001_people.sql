-- People, their sign-ins and what they may be. Names, contacts and e-mails are ciphertext under
-- the person's own key; an e-mail is found through its blind index alone.
CREATE TABLE person (
    id {UUID} PRIMARY KEY,
    data_key_id {UUID} NOT NULL,
    name {BYTES} NOT NULL,
    contacts {BYTES} NOT NULL,
    created_at {TIME} NOT NULL
);
--[guard person]

-- One sign-in of one person.
CREATE TABLE account (
    id {UUID} PRIMARY KEY,
    person_id {UUID} NOT NULL UNIQUE REFERENCES person (id),
    email_blind {BYTES} NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
    created_at {TIME} NOT NULL
);
--[guard account]

-- The tree of agencies and their units.
CREATE TABLE unit (
    id {UUID} PRIMARY KEY,
    parent_id {UUID} REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('agency', 'unit')),
    code TEXT NOT NULL UNIQUE,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'closed'))
);
CREATE INDEX unit_parent ON unit (parent_id);
--[guard unit]

-- The tree of territories; the code is the one of ОКТМО, or the installation's own.
CREATE TABLE territory (
    id {UUID} PRIMARY KEY,
    parent_id {UUID} REFERENCES territory (id),
    code TEXT NOT NULL UNIQUE,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL
);
CREATE INDEX territory_parent ON territory (parent_id);
--[guard territory]

-- Which territories a unit answers for; those inside them are meant too.
CREATE TABLE unit_territory (
    unit_id {UUID} NOT NULL REFERENCES unit (id),
    territory_id {UUID} NOT NULL REFERENCES territory (id),
    PRIMARY KEY (unit_id, territory_id)
);
CREATE INDEX unit_territory_territory ON unit_territory (territory_id);
--[guard unit_territory]

-- A role of an account and where it holds.
CREATE TABLE grant_role (
    id {UUID} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('applicant', 'specialist', 'head', 'administrator')),
    scope TEXT NOT NULL CHECK (scope IN ('own', 'unit', 'installation')),
    unit_id {UUID} REFERENCES unit (id),
    CHECK ((scope = 'unit') = (unit_id IS NOT NULL))
);
CREATE INDEX grant_role_account ON grant_role (account_id);
CREATE INDEX grant_role_unit ON grant_role (unit_id);
--[guard grant_role]

-- Housekeeping: who is signed in. The table holds the hash of the cookie's token, never the token.
CREATE TABLE session (
    token_hash {BYTES} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    created_at {TIME} NOT NULL,
    seen_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL
);
CREATE INDEX session_account ON session (account_id, seen_at);
CREATE INDEX session_expires ON session (expires_at);

-- Housekeeping: how often each tree has changed, so that a kept copy knows when it is old, and how
-- many nodes it has, so that it stays bounded.
CREATE TABLE tree_stamp (
    tree TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    nodes BIGINT NOT NULL
);
INSERT INTO tree_stamp (tree, version, nodes) VALUES ('unit', 0, 0), ('territory', 0, 0);
