-- The daily work with requests: hand-offs, links, what is put off, answers and their templates, scripts, who has
-- which request open, and the work that a telephone call interrupted.

ALTER TABLE request ADD COLUMN merged_into_id INTEGER REFERENCES request (id);
ALTER TABLE request ADD COLUMN needs_lead INTEGER NOT NULL DEFAULT 0 CHECK (needs_lead IN (0, 1));

CREATE TABLE hand_off (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    request_id INTEGER NOT NULL REFERENCES request (id),
    target TEXT NOT NULL CHECK (target IN ('internal', 'sales', 'finance')),
    department TEXT NOT NULL,
    what TEXT NOT NULL,
    assignee_id INTEGER REFERENCES staff (id),
    asked_by_id INTEGER REFERENCES staff (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'ready', 'confirmed', 'returned', 'dropped')),
    target_min INTEGER NOT NULL,
    asked_at TEXT NOT NULL CHECK (length(asked_at) = 20),
    accepted_at TEXT CHECK (length(accepted_at) = 20),
    settled_at TEXT CHECK (length(settled_at) = 20),
    answer TEXT NOT NULL,
    client_told_at TEXT CHECK (length(client_told_at) = 20)
) STRICT;

CREATE TABLE request_link (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    request_id INTEGER NOT NULL REFERENCES request (id),
    other_id INTEGER NOT NULL REFERENCES request (id),
    relation TEXT NOT NULL CHECK (relation IN ('related', 'duplicate', 'split', 'repeat', 'caused_by')),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE snooze (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    staff_id INTEGER REFERENCES staff (id),
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    till TEXT NOT NULL CHECK (length(till) = 20),
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    shortcut TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('acknowledge', 'reply', 'ask', 'resolved', 'declined', 'warn', 'status', 'apology', 'who_is_who', 'thanks', 'congratulation', 'check_in', 'meeting', 'announcement', 'survey', 'offer', 'letter', 'other')),
    request_kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    subject TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    contact_id INTEGER REFERENCES contact (id),
    request_id INTEGER REFERENCES request (id),
    template_id INTEGER REFERENCES template (id),
    staff_id INTEGER REFERENCES staff (id),
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    purpose TEXT NOT NULL CHECK (purpose IN ('service', 'marketing', 'newsletter', 'survey')),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'sent', 'failed', 'cancelled')),
    queued_at TEXT CHECK (length(queued_at) = 20),
    sent_at TEXT CHECK (length(sent_at) = 20),
    tries INTEGER NOT NULL,
    error TEXT NOT NULL
) STRICT;

CREATE TABLE script (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    moment TEXT NOT NULL CHECK (moment IN ('intake', 'call', 'difficult', 'complaint', 'visit', 'other')),
    request_kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    description TEXT NOT NULL
) STRICT;

CREATE TABLE script_step (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    script_id INTEGER NOT NULL REFERENCES script (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    prompt TEXT NOT NULL,
    is_required INTEGER NOT NULL CHECK (is_required IN (0, 1))
) STRICT;

CREATE TABLE script_mark (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    script_step_id INTEGER NOT NULL REFERENCES script_step (id),
    request_id INTEGER REFERENCES request (id),
    touch_id INTEGER REFERENCES touch (id),
    staff_id INTEGER REFERENCES staff (id),
    at TEXT NOT NULL CHECK (length(at) = 20),
    state TEXT NOT NULL CHECK (state IN ('done', 'skipped')),
    note TEXT NOT NULL
) STRICT;

-- Who has which record before his eyes. Not history: a row is renewed while the record is open and old ones are swept.
CREATE TABLE presence (
    login TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    is_claimed INTEGER NOT NULL CHECK (is_claimed IN (0, 1)),
    since TEXT NOT NULL CHECK (length(since) = 20),
    seen_at TEXT NOT NULL CHECK (length(seen_at) = 20),
    PRIMARY KEY (login, entity, entity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_record ON presence (entity, entity_id, seen_at);

-- What somebody was doing when the telephone rang, innermost last; like a draft it is his alone.
CREATE TABLE interruption (
    login TEXT NOT NULL,
    position INTEGER NOT NULL,
    client_id INTEGER REFERENCES client (id),
    place TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 20),
    PRIMARY KEY (login, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX hand_off_request ON hand_off (request_id, id);
CREATE INDEX hand_off_client ON hand_off (client_id, asked_at DESC, id);
CREATE INDEX hand_off_open ON hand_off (asked_by_id, asked_at, id) WHERE state IN ('asked', 'accepted', 'ready', 'returned');
CREATE INDEX hand_off_assignee ON hand_off (assignee_id, asked_at, id) WHERE state IN ('asked', 'accepted');
CREATE INDEX request_link_request ON request_link (request_id, id);
CREATE INDEX request_link_other ON request_link (other_id, id);
CREATE INDEX request_link_client ON request_link (client_id, id);
CREATE INDEX request_parent ON request (parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX request_merged ON request (merged_into_id, id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX request_needs_lead ON request (opened_at, id) WHERE needs_lead = 1 AND status NOT IN ('resolved', 'declined');
CREATE INDEX request_resolved ON request (resolved_at, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX snooze_staff ON snooze (staff_id, till, id);
CREATE INDEX snooze_client ON snooze (client_id, id);
CREATE INDEX snooze_subject ON snooze (subject_kind, subject_id, till, id);
CREATE INDEX template_purpose ON template (purpose, language, name, id);
CREATE INDEX message_client ON message (client_id, created_at DESC, id);
CREATE INDEX message_request ON message (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX message_queue ON message (queued_at, id) WHERE state = 'queued';
CREATE INDEX script_step_order ON script_step (script_id, position, id);
CREATE INDEX script_mark_request ON script_mark (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX script_mark_client ON script_mark (client_id, at DESC, id);
CREATE INDEX task_request ON task (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX promise_status_due ON promise (due_on, id) WHERE status IN ('new', 'acknowledged') AND due_on IS NOT NULL;
