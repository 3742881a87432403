-- How we stay in touch: cadences, occasions, holidays and what became of each touch that was due; meetings; reviews.

CREATE TABLE touch_cadence (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('', 'A', 'B', 'C', 'D')),
    segment_id INTEGER REFERENCES segment (id),
    every_days INTEGER NOT NULL,
    touch_kind TEXT NOT NULL CHECK (touch_kind IN ('call', 'mail', 'message', 'meeting', 'visit')),
    template_id INTEGER REFERENCES template (id),
    alarm_days INTEGER NOT NULL,
    review_days INTEGER NOT NULL,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10)
) STRICT;

CREATE TABLE occasion (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('first_order', 'paid_invoice', 'referral', 'promoter', 'birthday', 'anniversary', 'holiday', 'start', 'training', 'release', 'complaint')),
    after_months INTEGER NOT NULL,
    after_days INTEGER NOT NULL,
    touch_kind TEXT NOT NULL CHECK (touch_kind IN ('call', 'mail', 'message', 'meeting', 'visit')),
    template_id INTEGER REFERENCES template (id),
    tier TEXT NOT NULL CHECK (tier IN ('', 'A', 'B', 'C', 'D')),
    segment_id INTEGER REFERENCES segment (id),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1))
) STRICT;

CREATE TABLE holiday (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    country TEXT NOT NULL,
    industry TEXT NOT NULL,
    days_before INTEGER NOT NULL
) STRICT;

CREATE TABLE touch_mark (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    subject TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    state TEXT NOT NULL CHECK (state IN ('done', 'skipped', 'put_off')),
    till TEXT CHECK (length(till) = 10),
    reason TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    touch_id INTEGER REFERENCES touch (id),
    message_id INTEGER REFERENCES message (id),
    at TEXT NOT NULL CHECK (length(at) = 20)
) STRICT;

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    title TEXT NOT NULL,
    starts_at TEXT NOT NULL CHECK (length(starts_at) = 20),
    minutes INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('visit', 'online', 'at_ours')),
    place TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    agenda TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'postponed', 'cancelled')),
    postponed INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    reason TEXT NOT NULL,
    result TEXT NOT NULL,
    touch_id INTEGER REFERENCES touch (id),
    message_id INTEGER REFERENCES message (id)
) STRICT;

CREATE TABLE meeting_person (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    contact_id INTEGER REFERENCES contact (id),
    staff_id INTEGER REFERENCES staff (id),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE review_round (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    owner_id INTEGER REFERENCES staff (id),
    segment_id INTEGER REFERENCES segment (id),
    started_at TEXT NOT NULL CHECK (length(started_at) = 20),
    ended_at TEXT CHECK (length(ended_at) = 20)
) STRICT;

CREATE TABLE review_decision (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    review_round_id INTEGER NOT NULL REFERENCES review_round (id),
    decision TEXT NOT NULL CHECK (decision IN ('touch', 'snooze', 'escalate', 'fine')),
    reason TEXT NOT NULL,
    till TEXT CHECK (length(till) = 10),
    staff_id INTEGER REFERENCES staff (id),
    task_id INTEGER REFERENCES task (id),
    at TEXT NOT NULL CHECK (length(at) = 20)
) STRICT;

-- The next touch that is due with each client, within some weeks: a cache of what the rules say of the records.
CREATE TABLE touch_due (
    client_id INTEGER PRIMARY KEY REFERENCES client (id),
    owner_id INTEGER,
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    touch_kind TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX touch_due_owner ON touch_due (owner_id, due_on, client_id);
CREATE INDEX touch_mark_client ON touch_mark (client_id, at DESC, id DESC);
CREATE INDEX meeting_client ON meeting (client_id, starts_at DESC, id);
CREATE INDEX meeting_staff ON meeting (staff_id, starts_at, id);
CREATE INDEX meeting_planned ON meeting (staff_id, starts_at, id) WHERE state = 'planned';
CREATE INDEX meeting_invitation ON meeting (message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX meeting_person_meeting ON meeting_person (meeting_id, id);
CREATE INDEX meeting_person_staff ON meeting_person (staff_id, meeting_id) WHERE staff_id IS NOT NULL;
CREATE INDEX meeting_person_client ON meeting_person (client_id, id);
CREATE INDEX review_round_staff ON review_round (staff_id, started_at DESC, id DESC);
CREATE INDEX review_decision_round ON review_decision (review_round_id, at, id);
CREATE INDEX review_decision_client ON review_decision (client_id, at DESC, id DESC);
CREATE INDEX client_referrer ON client (referrer_id, id) WHERE referrer_id IS NOT NULL;
CREATE INDEX request_complaint_resolved ON request (client_id, resolved_at, id) WHERE request_kind = 'complaint' AND resolved_at IS NOT NULL;
