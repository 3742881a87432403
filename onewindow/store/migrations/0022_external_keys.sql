-- Ids that records have in other programs, by program. The change set says which import told it: what was
-- taken back counts no more.
CREATE TABLE external_key (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    change_set_id INTEGER NOT NULL REFERENCES change_set (id)
) STRICT;
CREATE UNIQUE INDEX external_key_id ON external_key (kind, external_id, source, record_id);
CREATE INDEX external_key_record ON external_key (kind, record_id);
