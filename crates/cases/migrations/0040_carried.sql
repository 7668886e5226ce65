-- When a case was carried over from another installation, with all that happened there. Empty for
-- those that began here, and for those that were carried over to go on as they stood. Cases out of
-- another system's tables are known by their source.
ALTER TABLE case_file ADD COLUMN carried_at {TIME};
