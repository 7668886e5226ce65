-- Those who once worked for an authority are found by the roles that were taken from them.
CREATE INDEX admin_act_taken ON admin_act (entity_id, id) WHERE action = 'person.role_taken';

-- Which administrator wants an e-mail changed; nobody when its owner does.
ALTER TABLE email_change ADD COLUMN asked_by {UUID};
