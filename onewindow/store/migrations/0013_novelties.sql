-- Novelties: how an announcement is worded and what became of it at each client, training sessions and who came to
-- them; and segments that choose SLA policies and weights of health.

ALTER TABLE announcement ADD COLUMN template_id INTEGER REFERENCES template (id);
ALTER TABLE announcement ADD COLUMN purpose TEXT NOT NULL DEFAULT 'newsletter' CHECK (purpose IN ('newsletter', 'marketing', 'service'));
ALTER TABLE delivery ADD COLUMN told_at TEXT CHECK (length(told_at) = 20);
ALTER TABLE delivery ADD COLUMN staff_id INTEGER REFERENCES staff (id);
ALTER TABLE delivery ADD COLUMN message_id INTEGER REFERENCES message (id);
ALTER TABLE delivery ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN segment_id INTEGER REFERENCES segment (id);
ALTER TABLE health_weights ADD COLUMN segment_id INTEGER REFERENCES segment (id);

CREATE TABLE training_session (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    title TEXT NOT NULL,
    starts_at TEXT NOT NULL CHECK (length(starts_at) = 20),
    announcement_id INTEGER REFERENCES announcement (id),
    product_id INTEGER REFERENCES product (id),
    trainer_id INTEGER REFERENCES staff (id),
    audience TEXT NOT NULL,
    place TEXT NOT NULL,
    capacity INTEGER,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE attendance (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    session_id INTEGER NOT NULL REFERENCES training_session (id),
    contact_id INTEGER REFERENCES contact (id),
    state TEXT NOT NULL CHECK (state IN ('invited', 'accepted', 'attended', 'missed', 'declined')),
    at TEXT CHECK (length(at) = 20),
    people INTEGER NOT NULL,
    note TEXT NOT NULL,
    training_id INTEGER REFERENCES training (id)
) STRICT;

CREATE INDEX delivery_of ON delivery (announcement_id, client_id, id);
CREATE INDEX delivery_state ON delivery (announcement_id, state, id) WHERE archived_at IS NULL;
CREATE INDEX delivery_queued ON delivery (client_id, id) WHERE state = 'queued';
CREATE INDEX delivery_message ON delivery (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX training_session_when ON training_session (starts_at, id);
CREATE INDEX training_session_trainer ON training_session (trainer_id, starts_at, id) WHERE state = 'planned';
CREATE INDEX training_session_novelty ON training_session (announcement_id, starts_at, id) WHERE announcement_id IS NOT NULL;
CREATE INDEX attendance_client ON attendance (client_id, session_id, id);
CREATE INDEX attendance_session ON attendance (session_id, client_id, id);

-- The weights of a segment stand beside those of all clients.
DROP INDEX health_weights_for;
CREATE UNIQUE INDEX health_weights_for ON health_weights (tier, life) WHERE archived_at IS NULL AND segment_id IS NULL;
CREATE UNIQUE INDEX health_weights_segment ON health_weights (segment_id, tier, life) WHERE archived_at IS NULL AND segment_id IS NOT NULL;
