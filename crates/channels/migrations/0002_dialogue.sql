-- Dialogues: what is being said and nothing that was accepted. What is said is sealed under the
-- installation's key and thrown away after a day; a dialogue is named by a keyed hash of who leads it.
CREATE TABLE dialogue (
    id {UUID} PRIMARY KEY,
    channel TEXT NOT NULL,
    kept {BYTES} NOT NULL,
    touched_at {TIME} NOT NULL
);
CREATE INDEX dialogue_touched ON dialogue (touched_at);

-- Which messages of a messenger were taken, by keyed hashes; kept for a week.
CREATE TABLE dialogue_seen (
    channel TEXT NOT NULL,
    mark {BYTES} NOT NULL,
    seen_at {TIME} NOT NULL,
    PRIMARY KEY (channel, mark)
);
CREATE INDEX dialogue_seen_at ON dialogue_seen (seen_at);

-- How far a messenger was read.
CREATE TABLE dialogue_position (
    channel TEXT PRIMARY KEY,
    position TEXT NOT NULL
);

-- Where the one who filed a case in a messenger is told of it; sealed under the key of the case.
CREATE TABLE dialogue_case (
    case_id {UUID} PRIMARY KEY,
    channel TEXT NOT NULL,
    peer {BYTES} NOT NULL
);
