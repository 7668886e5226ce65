-- Housekeeping: files that come piece by piece before they are attached to anything. Pieces are
-- sealed under the installation's key; what is not used up within a day is thrown away.
CREATE TABLE case_upload (
    id {UUID} PRIMARY KEY,
    account_id {UUID} NOT NULL,
    name {BYTES} NOT NULL,
    length BIGINT NOT NULL,
    reached BIGINT NOT NULL,
    expires_at {TIME} NOT NULL
);
CREATE INDEX case_upload_account ON case_upload (account_id, expires_at);
CREATE INDEX case_upload_expires ON case_upload (expires_at);

CREATE TABLE case_upload_piece (
    upload_id {UUID} NOT NULL REFERENCES case_upload (id) ON DELETE CASCADE,
    starts_at BIGINT NOT NULL,
    bytes {BYTES} NOT NULL,
    PRIMARY KEY (upload_id, starts_at)
);
