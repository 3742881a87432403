-- Which database a file is, so that its backups are known as its own whatever they are called; and the records that a
-- salvage of a damaged file knew of and could not save.

CREATE TABLE file_identity (
    id TEXT PRIMARY KEY CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE lost_record (
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    number INTEGER,
    client_id INTEGER,
    at TEXT NOT NULL CHECK (length(at) = 20),
    PRIMARY KEY (entity, entity_id)
) STRICT, WITHOUT ROWID;
