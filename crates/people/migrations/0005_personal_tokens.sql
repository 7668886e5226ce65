-- What a program signs in with in the name of an account: a hash of 256 random bits, the scopes it
-- may use and the day it runs out. The name that its owner gave it is sealed under their key.
CREATE TABLE personal_token (
    id {UUID} PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES account (id),
    token_hash {BYTES} NOT NULL UNIQUE,
    name {BYTES} NOT NULL,
    scopes TEXT NOT NULL,
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL,
    revoked_at {TIME}
);
CREATE INDEX personal_token_account ON personal_token (account_id, id);
--[guard personal_token]

-- Housekeeping: when a token was last used, to within five minutes.
CREATE TABLE personal_token_use (
    token_id {UUID} PRIMARY KEY REFERENCES personal_token (id),
    used_at {TIME} NOT NULL
);

-- Housekeeping: what a program was answered when it sent a request with an Idempotency-Key, sealed;
-- empty while the request is at work. Forgotten after a day.
CREATE TABLE repeated_request (
    key_hash {BYTES} PRIMARY KEY,
    body_hash {BYTES} NOT NULL,
    answer {BYTES},
    created_at {TIME} NOT NULL
);
CREATE INDEX repeated_request_created ON repeated_request (created_at);
