-- Adoption: the use of single functions by week, and who of a client came to a lesson.

CREATE TABLE feature_use (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    product_id INTEGER NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    week INTEGER NOT NULL,
    users INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (client_id, product_id, name, week)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX feature_use_id ON feature_use (id);
CREATE INDEX feature_use_name ON feature_use (product_id, name);

CREATE TABLE learner (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    training_id INTEGER NOT NULL REFERENCES training (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'passed', 'missed')),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX learner_client ON learner (client_id, training_id, id);
CREATE UNIQUE INDEX learner_person ON learner (training_id, contact_id) WHERE archived_at IS NULL;
