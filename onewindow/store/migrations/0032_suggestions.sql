-- Which suggestions of repeat sales were shown, and which rules are retired: win rates are counted of both.
CREATE TABLE suggestion_mark (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    trigger TEXT NOT NULL,
    product_id INTEGER REFERENCES product (id),
    shown_on TEXT NOT NULL CHECK (length(shown_on) = 10)
) STRICT;

CREATE INDEX suggestion_mark_client ON suggestion_mark (client_id, trigger, shown_on, id);

CREATE TABLE retired_trigger (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    trigger TEXT NOT NULL,
    reason TEXT NOT NULL,
    retired_on TEXT NOT NULL CHECK (length(retired_on) = 10),
    staff_id INTEGER REFERENCES staff (id)
) STRICT;

CREATE INDEX retired_trigger_name ON retired_trigger (trigger, id);
