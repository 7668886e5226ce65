-- How far readings are committed to is what the newest entry says of it: a mark beside the journal
-- could be moved unseen.
DROP TABLE case_reading_sealed;
