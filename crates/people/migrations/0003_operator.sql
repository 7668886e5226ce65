-- One more role: the operator of a reception. SQLite changes no condition of a table that there is,
-- so the table is made anew with its rows as they were.
--[sqlite]
CREATE TABLE grant_role_anew (
    id {UUID} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    role TEXT NOT NULL
        CHECK (role IN ('applicant', 'operator', 'specialist', 'head', 'administrator')),
    scope TEXT NOT NULL CHECK (scope IN ('own', 'unit', 'installation')),
    unit_id {UUID} REFERENCES unit (id),
    CHECK ((scope = 'unit') = (unit_id IS NOT NULL))
);
INSERT INTO grant_role_anew (id, account_id, role, scope, unit_id)
    SELECT id, account_id, role, scope, unit_id FROM grant_role;
DROP TABLE grant_role;
ALTER TABLE grant_role_anew RENAME TO grant_role;
CREATE INDEX grant_role_account ON grant_role (account_id);
CREATE INDEX grant_role_unit ON grant_role (unit_id);
--[end]
--[postgres]
ALTER TABLE grant_role DROP CONSTRAINT grant_role_role_check;
ALTER TABLE grant_role ADD CONSTRAINT grant_role_role_check
    CHECK (role IN ('applicant', 'operator', 'specialist', 'head', 'administrator'));
--[end]
