-- Health: the weights that a department chose, and how each client stood week by week.

CREATE TABLE health_weights (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('', 'A', 'B', 'C', 'D')),
    life TEXT NOT NULL CHECK (life IN ('active', 'onboarding')),
    adoption INTEGER NOT NULL,
    support INTEGER NOT NULL,
    sentiment INTEGER NOT NULL,
    relationship INTEGER NOT NULL,
    promises INTEGER NOT NULL,
    onboarding INTEGER NOT NULL
) STRICT;

-- One row a client and week (whole weeks since Monday 1970-01-05), never changed later: the score is NULL when unknown,
-- points has what each signal gave as JSON.
CREATE TABLE health_snapshot (
    client_id INTEGER NOT NULL REFERENCES client (id),
    week INTEGER NOT NULL,
    score INTEGER CHECK (score BETWEEN 0 AND 100),
    band TEXT NOT NULL CHECK (band IN ('red', 'amber', 'green', 'unknown')),
    coverage INTEGER NOT NULL,
    points TEXT NOT NULL,
    taken_at TEXT NOT NULL CHECK (length(taken_at) = 20),
    PRIMARY KEY (client_id, week)
) STRICT, WITHOUT ROWID;
CREATE INDEX health_snapshot_week ON health_snapshot (week);
CREATE UNIQUE INDEX health_weights_for ON health_weights (tier, life) WHERE archived_at IS NULL;
