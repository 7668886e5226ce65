-- A notice about a service that goes to the wall of the community. `outer_id` is its number there.
CREATE TABLE network_post (
  id {UUID} PRIMARY KEY,
  service TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'published', 'withdrawn')),
  publish_at {TIME} NOT NULL,
  made_at {TIME} NOT NULL,
  outer_id BIGINT,
  published_at {TIME}
);
--[guard network_post]
CREATE INDEX network_post_due ON network_post (publish_at, id) WHERE state = 'planned';
CREATE INDEX network_post_published ON network_post (published_at, id) WHERE state = 'published';

-- How far the network was looked at for a notice, and what it said: counts, or why it refused.
CREATE TABLE network_look (
  post_id {UUID} PRIMARY KEY,
  attempts BIGINT NOT NULL,
  next_at {TIME} NOT NULL,
  problem TEXT NOT NULL,
  comments BIGINT NOT NULL,
  reposts BIGINT NOT NULL,
  likes BIGINT NOT NULL,
  views BIGINT NOT NULL
);

-- What came. `thing` is a keyed hash of what it is in the network, so that each thing is taken once
-- and nobody is named; who wrote and what lies sealed in `body` and is thrown away at `keep_until`.
CREATE TABLE network_item (
  id {UUID} PRIMARY KEY,
  thing {BYTES} NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'post', 'repost', 'message')),
  outer_post BIGINT NOT NULL,
  came_at {TIME} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'counted', 'filed', 'left')),
  verdict TEXT NOT NULL,
  body {BYTES},
  reason {BYTES},
  keep_until {TIME} NOT NULL,
  case_id {UUID},
  case_number TEXT,
  told TEXT NOT NULL CHECK (told IN ('nothing', 'due_number', 'number', 'due_answer', 'answer')),
  attempts BIGINT NOT NULL,
  next_at {TIME} NOT NULL
);
CREATE INDEX network_item_new ON network_item (next_at, id) WHERE state = 'new';
CREATE INDEX network_item_due ON network_item (next_at, id) WHERE told IN ('due_number', 'due_answer');
CREATE INDEX network_item_kept ON network_item (keep_until, id) WHERE body IS NOT NULL;
CREATE INDEX network_item_of_case ON network_item (case_id) WHERE case_id IS NOT NULL;
