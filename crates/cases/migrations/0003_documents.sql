-- Documents of a case: the bytes lie among the objects, sealed under the case's own key; a row names
-- them. `slot` says what was asked for: a code of the service, or a request and its line. What a
-- document is called, its hash and its check are sealed in `body`.
CREATE TABLE case_document (
  id {UUID} PRIMARY KEY,
  case_id {UUID} NOT NULL REFERENCES case_file (id),
  slot TEXT,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  original {BYTES} NOT NULL,
  cleaned {BYTES} NOT NULL,
  thumbnail {BYTES},
  side TEXT NOT NULL,
  author_id {UUID},
  added_at {TIME} NOT NULL,
  state TEXT NOT NULL,
  body {BYTES} NOT NULL
);
--[guard case_document]
CREATE INDEX case_document_of ON case_document (case_id, added_at, id);

-- Housekeeping: what was attached to a draft, under a key that the case takes over when it is filed.
CREATE TABLE case_draft_key (
  draft_id {UUID} PRIMARY KEY,
  key_id {UUID} NOT NULL,
  wrapped {BYTES} NOT NULL
);
CREATE TABLE case_draft_document (
  id {UUID} PRIMARY KEY,
  draft_id {UUID} NOT NULL,
  slot TEXT,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  original {BYTES} NOT NULL,
  cleaned {BYTES} NOT NULL,
  thumbnail {BYTES},
  added_at {TIME} NOT NULL,
  body {BYTES} NOT NULL
);
CREATE INDEX case_draft_document_of ON case_draft_document (draft_id, added_at, id);
