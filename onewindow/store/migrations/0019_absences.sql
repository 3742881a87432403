-- Several absences a person, each with the one who stands in; away_from and away_till tell the nearest.
ALTER TABLE staff ADD COLUMN absences TEXT NOT NULL DEFAULT '';
