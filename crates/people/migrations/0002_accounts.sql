-- What an account has besides a password: a confirmed e-mail, a second factor, consents; what a
-- unit shows of itself; and what administrators did.

-- The e-mail of an account that its owner has shown to be theirs. An account whose present e-mail
-- is not the one here is provisional.
CREATE TABLE account_confirmed (
    account_id {UUID} PRIMARY KEY REFERENCES account (id),
    email_blind {BYTES} NOT NULL,
    confirmed_at {TIME} NOT NULL
);
--[guard account_confirmed]

-- The secret of the codes that an app on a phone shows; sealed under the person's key.
CREATE TABLE second_factor (
    account_id {UUID} PRIMARY KEY REFERENCES account (id),
    secret {BYTES} NOT NULL,
    since {TIME} NOT NULL
);
--[guard second_factor]

-- Codes for the day when the phone is lost: keyed hashes, each good once.
CREATE TABLE recovery_code (
    id {UUID} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    code_hash {BYTES} NOT NULL,
    used_at {TIME}
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);
--[guard recovery_code]

-- Every text that anybody has agreed to, as they saw it. The identifier is made from the text.
CREATE TABLE consent_text (
    id {UUID} PRIMARY KEY,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    since {TIME} NOT NULL
);
--[guard consent_text]

-- Who agreed to what, and when they took it back.
CREATE TABLE consent (
    id {UUID} PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES person (id),
    text_id {UUID} NOT NULL REFERENCES consent_text (id),
    given_at {TIME} NOT NULL,
    withdrawn_at {TIME}
);
CREATE INDEX consent_person ON consent (person_id, id);
--[guard consent]

-- How a unit is reached, and what stands on its letters.
CREATE TABLE unit_detail (
    unit_id {UUID} PRIMARY KEY REFERENCES unit (id),
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    hours TEXT NOT NULL,
    letter_head TEXT NOT NULL,
    letter_foot TEXT NOT NULL
);
--[guard unit_detail]

-- What administrators changed, with the state before and after, without personal data: the list
-- that /admin/log shows. The entries themselves stand in the journal.
CREATE TABLE admin_act (
    id {UUID} PRIMARY KEY,
    acted_at {TIME} NOT NULL,
    actor_account {UUID},
    kind TEXT NOT NULL,
    entity_id {UUID} NOT NULL,
    action TEXT NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL
);
CREATE INDEX admin_act_kind ON admin_act (kind, id);
CREATE INDEX admin_act_actor ON admin_act (actor_account, id);
--[guard admin_act]

-- Housekeeping: tokens out of letters and of one-time links, as hashes; each for the e-mail that
-- the account had when it was made.
CREATE TABLE account_token (
    token_hash {BYTES} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL,
    email_blind {BYTES} NOT NULL,
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL
);
CREATE INDEX account_token_account ON account_token (account_id, purpose);
CREATE INDEX account_token_expires ON account_token (expires_at);

-- Housekeeping: an e-mail that is being changed; both addresses have to agree.
CREATE TABLE email_change (
    account_id {UUID} PRIMARY KEY REFERENCES account (id),
    email {BYTES} NOT NULL,
    email_blind {BYTES} NOT NULL,
    old_agreed BIGINT NOT NULL,
    new_agreed BIGINT NOT NULL,
    expires_at {TIME} NOT NULL
);

-- Housekeeping: somebody whose password was right and whose code is awaited. `secret` is the one
-- that is being set up.
CREATE TABLE sign_in_pending (
    token_hash {BYTES} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    tries BIGINT NOT NULL,
    secret {BYTES},
    expires_at {TIME} NOT NULL
);
CREATE INDEX sign_in_pending_expires ON sign_in_pending (expires_at);

-- Housekeeping: the step of the last code that was taken; none at or before it is taken again.
CREATE TABLE code_step (
    account_id {UUID} PRIMARY KEY REFERENCES account (id),
    step BIGINT NOT NULL
);

-- Housekeeping: from where and with what somebody is signed in.
ALTER TABLE session ADD COLUMN place TEXT;
ALTER TABLE session ADD COLUMN device TEXT;
