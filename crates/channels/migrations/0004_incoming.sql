-- What a messenger has brought and nobody has heard yet: taken down in the commit after which the
-- messenger is told that it is ours, sealed under the installation's key, gone in the commit of what
-- came of it. `mark` is the keyed hash that stands in `dialogue_seen` afterwards; `place` is the order
-- in which the messenger says that it was said.
CREATE TABLE dialogue_incoming (
    channel TEXT NOT NULL,
    mark {BYTES} NOT NULL,
    place BIGINT NOT NULL,
    said {BYTES} NOT NULL,
    tries BIGINT NOT NULL,
    next_at {TIME} NOT NULL,
    came_at {TIME} NOT NULL,
    PRIMARY KEY (channel, mark)
);
CREATE INDEX dialogue_incoming_place ON dialogue_incoming (channel, place, mark);
CREATE INDEX dialogue_incoming_came ON dialogue_incoming (came_at);

-- The addresses to which a messenger was told to bring messages and was not told to stop.
CREATE TABLE dialogue_webhook (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (channel, address)
);
