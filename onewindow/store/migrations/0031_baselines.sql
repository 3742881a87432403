-- Figures of a metric as they stood when somebody froze them, with the definition that held then.
CREATE TABLE baseline (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    metric TEXT NOT NULL,
    grouping TEXT NOT NULL,
    since TEXT NOT NULL CHECK (length(since) = 10),
    till TEXT NOT NULL CHECK (length(till) = 10),
    note TEXT NOT NULL,
    definition TEXT NOT NULL,
    edition INTEGER NOT NULL,
    frozen_on TEXT CHECK (length(frozen_on) = 10),
    figures TEXT NOT NULL
) STRICT;
CREATE INDEX baseline_metric ON baseline (metric, id) WHERE archived_at IS NULL;
