-- Letters that came to the mailbox and what became of each. Housekeeping: what a letter makes is a case
-- or a message of one, with entries of their own; what operators decide of a letter is an entry of its
-- own, too. `letter_key` is a keyed hash of the place where the letter lay and of its name, `digest` one
-- of its bytes: either keeps a letter from being taken twice. `body` holds who wrote and what about,
-- `letter` the letter itself while somebody may still decide about it: both sealed, both thrown away
-- after thirty days, when the row says no more than that the letter is past.
CREATE TABLE mailbox_letter (
    id {UUID} PRIMARY KEY,
    letter_key {BYTES} NOT NULL UNIQUE,
    digest {BYTES} NOT NULL,
    sender {BYTES} NOT NULL,
    came_at {TIME} NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('filed', 'added', 'aside', 'left', 'past')),
    reason TEXT NOT NULL,
    decided_at {TIME},
    body {BYTES} NOT NULL,
    letter {BYTES}
);
CREATE INDEX mailbox_letter_kept ON mailbox_letter (came_at, id) WHERE fate <> 'past';
CREATE INDEX mailbox_letter_aside ON mailbox_letter (came_at, id) WHERE fate = 'aside';
CREATE INDEX mailbox_letter_past ON mailbox_letter (came_at, id) WHERE fate = 'past';
CREATE INDEX mailbox_letter_sender ON mailbox_letter (sender, came_at);
CREATE INDEX mailbox_letter_digest ON mailbox_letter (digest);

-- How the reading of the mailbox stands: one row.
CREATE TABLE mailbox_state (
    id BIGINT PRIMARY KEY,
    read_at {TIME},
    failed_at {TIME},
    failures BIGINT NOT NULL,
    problem TEXT NOT NULL
);
