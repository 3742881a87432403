-- When a request began to be late, kept beside it as due_at is: the first time that it missed, which no later
-- change takes back, else the one that comes next. What can be told without its history is filled in here;
-- the rest is looked at when the file is opened: as a whole if it is small, else client by client by an open window.
ALTER TABLE request ADD COLUMN late_from TEXT CHECK (length(late_from) = 20);
UPDATE request SET late_from = due_at
WHERE due_at IS NOT NULL AND (status NOT IN ('resolved', 'declined') OR due_at < resolved_at);
DELETE FROM setting WHERE name = 'turns_at';
INSERT INTO setting (name, value, updated_at)
SELECT 'lateness_known_to', '0', MAX(updated_at) FROM request HAVING COUNT(*) > 0;
