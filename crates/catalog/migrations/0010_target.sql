-- The agency's own aim within a term: an earlier day than the law asks for.
ALTER TABLE law_setting ADD COLUMN target INTEGER;
