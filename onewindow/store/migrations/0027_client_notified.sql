-- Of what state of a feature a client was told, and what came of it; since when a feature is in its state, and
-- into which other one it was merged. Who was told before was told of the state that stands.
ALTER TABLE feedback ADD COLUMN told_status TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'told', 'reacted', 'declined'));
ALTER TABLE feature ADD COLUMN status_on TEXT CHECK (length(status_on) = 10);
ALTER TABLE feature ADD COLUMN merged_into_id INTEGER REFERENCES feature (id);
UPDATE feedback SET
    told_status = COALESCE((SELECT f.status FROM feature f WHERE f.id = feedback.feature_id), ''),
    outcome = CASE WHEN reaction <> '' THEN 'reacted' ELSE 'told' END
WHERE told_on IS NOT NULL;
