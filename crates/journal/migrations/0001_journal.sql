-- The journal: entries, their encrypted bodies, their places in the tree.
-- Only INSERT and SELECT touch `journal` and `journal_body`. Every column is covered by the
-- entry's commitment; the epoch of an entry follows from its place in the log.
CREATE TABLE journal (
  id {UUID} PRIMARY KEY,
  recorded_at {TIME} NOT NULL,
  occurred_at {TIME} NOT NULL,
  action TEXT NOT NULL,
  entity_kind TEXT NOT NULL,
  entity_id {UUID} NOT NULL,
  entity_version BIGINT NOT NULL,
  commitment {BYTES} NOT NULL,
  touched {BYTES} NOT NULL,
  UNIQUE (entity_id, entity_version)
);

CREATE TABLE journal_body (
  entry_id {UUID} PRIMARY KEY REFERENCES journal (id),
  data_key_id {UUID} NOT NULL,
  ciphertext {BYTES} NOT NULL
);

-- The queue of the placer. `seq` is handed out under the entity's lock, so that entries of one
-- entity stand in their true order; rows that are not visible yet are simply taken a round later.
CREATE TABLE journal_pending (
  seq {BIGSERIAL},
--[postgres]
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
--[end]
  entry_id {UUID} NOT NULL
);
--[postgres]
CREATE INDEX journal_pending_txid ON journal_pending (txid);
--[end]

CREATE TABLE journal_leaf (
  idx BIGINT PRIMARY KEY,
  entry_id {UUID} NOT NULL UNIQUE,
  hash {BYTES} NOT NULL
);

-- Hashes of complete subtrees at every eighth level: what tiles above level 0 are made of.
CREATE TABLE log_node (
  level INTEGER NOT NULL,
  n BIGINT NOT NULL,
  hash {BYTES} NOT NULL,
  PRIMARY KEY (level, n)
);

-- Numbered without gaps, so that a checkpoint taken away is missed.
CREATE TABLE log_checkpoint (
  number BIGINT PRIMARY KEY,
  size BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  root {BYTES} NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (epoch, size)
);

-- One key per case, one per profile, wrapped by the installation's key. Destroying the row
-- destroys what it protects.
CREATE TABLE data_key (
  id {UUID} PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_id {UUID} NOT NULL,
  wrapped {BYTES} NOT NULL
);
--[guard data_key]

-- Housekeeping: positions of followers, and work to be done.
CREATE TABLE follower (
  name TEXT PRIMARY KEY,
  next_idx BIGINT NOT NULL
);

CREATE TABLE job (
  id {UUID} PRIMARY KEY,
  kind TEXT NOT NULL,
  payload {JSON} NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  run_at {TIME} NOT NULL,
  leased_until {TIME} NOT NULL,
  created_at {TIME} NOT NULL,
  problem TEXT
);
CREATE INDEX job_due ON job (state, run_at);
