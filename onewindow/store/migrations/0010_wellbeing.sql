-- Alarms of a client beside his health: all of them as text, the gravest as calm (100 without any), and the two kinds that
-- lists of their own ask for. What is on file was computed without them and counts as out of date.
ALTER TABLE client_stat ADD COLUMN calm INTEGER NOT NULL DEFAULT 100 CHECK (calm BETWEEN 0 AND 100);
ALTER TABLE client_stat ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0 CHECK (is_silent IN (0, 1));
ALTER TABLE client_stat ADD COLUMN is_uncovered INTEGER NOT NULL DEFAULT 0 CHECK (is_uncovered IN (0, 1));
ALTER TABLE client_stat ADD COLUMN alarms TEXT NOT NULL DEFAULT '';
UPDATE client_stat SET computed_at = '1970-01-01T00:00:00Z';
CREATE INDEX client_stat_alarm ON client_stat (calm, client_id) WHERE calm < 100;
CREATE INDEX client_stat_owner_alarm ON client_stat (owner_id, calm, client_id) WHERE calm < 100;
CREATE INDEX client_stat_silent ON client_stat (last_touch_at, client_id) WHERE is_silent = 1;
CREATE INDEX client_stat_owner_silent ON client_stat (owner_id, last_touch_at, client_id) WHERE is_silent = 1;
CREATE INDEX client_stat_uncovered ON client_stat (calm, client_id) WHERE is_uncovered = 1;
CREATE INDEX staff_deputy ON staff (deputy_id, id) WHERE deputy_id IS NOT NULL;
