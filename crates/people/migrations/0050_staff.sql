-- Staff are read in the order of their accounts, whoever else has one.
CREATE INDEX grant_role_staff ON grant_role (account_id, id) WHERE role <> 'applicant';
