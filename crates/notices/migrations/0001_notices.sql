-- What people are told. Notices can be made again from the log, so they are housekeeping; the unique
-- key is what keeps the same entry from being told twice. `addressee_id` is a person, or the case of
-- somebody who filed without an account. The words are sealed under the key of the case.
CREATE TABLE notice (
  id {UUID} PRIMARY KEY,
  idx BIGINT NOT NULL,
  addressee_id {UUID} NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('cabinet', 'email')),
  kind TEXT NOT NULL,
  case_id {UUID} NOT NULL,
  data_key_id {UUID} NOT NULL,
  made_at {TIME} NOT NULL,
  read_at {TIME},
  body {BYTES} NOT NULL,
  UNIQUE (idx, addressee_id, channel, kind)
);
CREATE INDEX notice_of ON notice (addressee_id, idx, id) WHERE channel = 'cabinet';
CREATE INDEX notice_unread ON notice (addressee_id, idx, id) WHERE channel = 'cabinet' AND read_at IS NULL;

-- What a person does not want to be told, and where: `kind:channel`, separated by spaces.
CREATE TABLE notice_wish (
  id {UUID} PRIMARY KEY,
  person_id {UUID} NOT NULL UNIQUE,
  unwanted TEXT NOT NULL,
  changed_at {TIME} NOT NULL
);
--[guard notice_wish]

-- Letters whose words the installation has changed; the others are as they came.
CREATE TABLE notice_template (
  id {UUID} PRIMARY KEY,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  changed_at {TIME} NOT NULL,
  UNIQUE (kind, language)
);
--[guard notice_template]
