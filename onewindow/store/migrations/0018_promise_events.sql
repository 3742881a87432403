-- Each time that a promise was kept or broken, with its day: a standing term goes on, whatever became of it.
CREATE TABLE promise_event (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    promise_id INTEGER NOT NULL REFERENCES promise (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'broken')),
    happened_on TEXT NOT NULL CHECK (length(happened_on) = 10),
    staff_id INTEGER REFERENCES staff (id),
    note TEXT NOT NULL
) STRICT;

CREATE INDEX promise_event_client ON promise_event (client_id, happened_on DESC, id);
CREATE INDEX promise_event_promise ON promise_event (promise_id, happened_on DESC, id);
