-- A draft belongs to the window that holds it until that window is gone, and one thrown away can come back.
-- `holder` names a window ('' is none), `held_at` is when it was last alive; `thrown_after` is the newest
-- change set at the moment when the draft was thrown away, so that undo knows which of both came later.
CREATE TABLE draft_of_window (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL,
    form TEXT NOT NULL,
    typed TEXT NOT NULL,
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    holder TEXT NOT NULL,
    held_at TEXT NOT NULL CHECK (length(held_at) = 20),
    thrown_after INTEGER
) STRICT;
INSERT INTO draft_of_window (id, login, form, typed, updated_at, holder, held_at)
    SELECT ROW_NUMBER() OVER (ORDER BY updated_at, login, form), login, form, typed, updated_at, '', updated_at
    FROM draft;
DROP TABLE draft;
ALTER TABLE draft_of_window RENAME TO draft;
CREATE INDEX draft_login ON draft (login, form, updated_at);
ALTER TABLE interruption ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE interruption ADD COLUMN held_at TEXT NOT NULL DEFAULT '';
