-- Every try to hand a message over, logged before it begins and never undone: whether a message left this house
-- is a fact. A try without an end is one that a stopped program left behind.
CREATE TABLE message_try (
    message_id INTEGER NOT NULL REFERENCES message (id),
    number INTEGER NOT NULL,
    carrier TEXT NOT NULL,
    message_key TEXT NOT NULL,
    login TEXT NOT NULL,
    started_at TEXT NOT NULL CHECK (length(started_at) = 20),
    ended_at TEXT CHECK (length(ended_at) = 20),
    outcome TEXT NOT NULL CHECK (outcome IN ('started', 'sent', 'refused', 'later', 'unknown')),
    answer TEXT NOT NULL,
    PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;

-- What is queued has an index of its own, in the order in which it goes.
CREATE INDEX message_state ON message (state, created_at DESC, id DESC) WHERE state <> 'queued';
CREATE INDEX script_mark_at ON script_mark (at, id);
CREATE INDEX script_mark_touch ON script_mark (touch_id, id) WHERE touch_id IS NOT NULL;
