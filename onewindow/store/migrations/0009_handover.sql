-- Handover from sales: clocks and facts of the decision, questions to the salesperson, special terms, packages,
-- and what the quality specialist observed.

ALTER TABLE handover ADD COLUMN meeting_people TEXT NOT NULL DEFAULT '';
ALTER TABLE handover ADD COLUMN meeting_initiative TEXT NOT NULL DEFAULT '';
ALTER TABLE handover ADD COLUMN target_min INTEGER NOT NULL DEFAULT 480;
ALTER TABLE handover ADD COLUMN answer_min INTEGER NOT NULL DEFAULT 240;
ALTER TABLE handover ADD COLUMN satisfaction_said TEXT NOT NULL DEFAULT '';
ALTER TABLE handover ADD COLUMN sent_at TEXT CHECK (length(sent_at) = 20);
ALTER TABLE handover ADD COLUMN decided_at TEXT CHECK (length(decided_at) = 20);
ALTER TABLE handover ADD COLUMN decided_by_id INTEGER REFERENCES staff (id);
ALTER TABLE handover ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handover ADD COLUMN items_present INTEGER;
ALTER TABLE handover ADD COLUMN items_needed INTEGER;

-- Files of before know only the day; nine in the morning is when a package comes.
UPDATE handover SET sent_at = sent_on || 'T09:00:00Z';
UPDATE handover SET decided_at = decided_on || 'T18:00:00Z' WHERE decided_on IS NOT NULL;
UPDATE handover SET returns = 1 WHERE state = 'returned';

ALTER TABLE handover_item ADD COLUMN item_kind TEXT NOT NULL DEFAULT 'check' CHECK (item_kind IN ('check', 'question', 'term'));
ALTER TABLE handover_item ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE handover_item ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE handover_item ADD COLUMN asked_by_id INTEGER REFERENCES staff (id);
ALTER TABLE handover_item ADD COLUMN asked_of_id INTEGER REFERENCES staff (id);
ALTER TABLE handover_item ADD COLUMN target_min INTEGER NOT NULL DEFAULT 240;
ALTER TABLE handover_item ADD COLUMN promise_id INTEGER REFERENCES promise (id);
ALTER TABLE handover_item ADD COLUMN reopens_id INTEGER REFERENCES handover_item (id);

UPDATE handover_item SET item_kind = 'question' WHERE asked_at IS NOT NULL;

CREATE TABLE handover_package (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    handover_id INTEGER NOT NULL REFERENCES handover (id),
    attempt INTEGER NOT NULL,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;

CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    handover_id INTEGER NOT NULL REFERENCES handover (id),
    observer_id INTEGER REFERENCES staff (id),
    observed_on TEXT NOT NULL CHECK (length(observed_on) = 10),
    card_mark INTEGER CHECK (card_mark BETWEEN 0 AND 5),
    meeting_mark INTEGER CHECK (meeting_mark BETWEEN 0 AND 5),
    answers_mark INTEGER CHECK (answers_mark BETWEEN 0 AND 5),
    client_mark INTEGER CHECK (client_mark BETWEEN 0 AND 5),
    time_mark INTEGER CHECK (time_mark BETWEEN 0 AND 5),
    comment TEXT NOT NULL
) STRICT;

CREATE INDEX handover_waiting ON handover (receiver_id, sent_at, id) WHERE state = 'sent' AND archived_at IS NULL;
CREATE INDEX handover_state ON handover (state, sent_at DESC, id) WHERE archived_at IS NULL;
CREATE INDEX handover_decided ON handover (decided_at, id) WHERE archived_at IS NULL;
CREATE INDEX handover_external ON handover (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX handover_item_asked ON handover_item (asked_of_id, asked_at, id)
    WHERE state = 'asked' AND archived_at IS NULL;
CREATE INDEX handover_item_answered ON handover_item (asked_by_id, answered_at, id)
    WHERE state = 'answered' AND archived_at IS NULL;
CREATE INDEX handover_item_promise ON handover_item (promise_id) WHERE promise_id IS NOT NULL;
CREATE INDEX handover_package_handover ON handover_package (handover_id, attempt DESC, id);
CREATE INDEX handover_package_client ON handover_package (client_id, id);
CREATE INDEX observation_handover ON observation (handover_id, id);
CREATE INDEX observation_client ON observation (client_id, id);
CREATE INDEX observation_day ON observation (observed_on, id) WHERE archived_at IS NULL;
