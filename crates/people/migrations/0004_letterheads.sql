-- The rest of a unit's letterhead: its words in English too, its mark (a coat of arms, a logo) as a
-- small PNG or JPEG that was drawn anew, and the site among the ways to reach it.
ALTER TABLE unit_detail ADD COLUMN site TEXT;
ALTER TABLE unit_detail ADD COLUMN letter_head_en TEXT;
ALTER TABLE unit_detail ADD COLUMN letter_foot_en TEXT;
ALTER TABLE unit_detail ADD COLUMN letter_mark {BYTES};

-- What somebody is where they have this role: it stands under the answers that they sign.
ALTER TABLE grant_role ADD COLUMN post TEXT;
