-- Whoever is named beside the applicant and has an account answers for themselves: since when they
-- agree to stand in the case, and when they said that it is not them. Neither until they answer.
ALTER TABLE case_party ADD COLUMN agreed_at {TIME};
ALTER TABLE case_party ADD COLUMN declined_at {TIME};
