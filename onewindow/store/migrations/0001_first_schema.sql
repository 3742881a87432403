-- The first schema: every record of the product, in the portable subset that both engines understand.
-- Ids are made by the application. Nothing is deleted: archived_at says when a row left the daily view.
-- Times are UTC text of fixed width, so that text order is time order; money is integer minor units.

CREATE TABLE change_set (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL CHECK (length(at) = 20),
    actor TEXT NOT NULL,
    label TEXT NOT NULL,
    run_id INTEGER,
    undoes INTEGER REFERENCES change_set (id),
    undone_by INTEGER REFERENCES change_set (id)
) STRICT;
CREATE INDEX change_set_actor ON change_set (actor, id);
CREATE INDEX change_set_run ON change_set (run_id, id) WHERE run_id IS NOT NULL;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    change_set_id INTEGER NOT NULL REFERENCES change_set (id),
    at TEXT NOT NULL CHECK (length(at) = 20),
    actor TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'archive', 'restore', 'erase')),
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    client_id INTEGER,
    old TEXT,
    new TEXT
) STRICT;
CREATE INDEX event_entity ON event (entity, entity_id, seq);
CREATE INDEX event_client ON event (client_id, seq);
CREATE INDEX event_change_set ON event (change_set_id, seq);

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20)
) STRICT, WITHOUT ROWID;

-- What somebody had typed into a form that he left or that was killed under him.
CREATE TABLE draft (
    login TEXT NOT NULL,
    form TEXT NOT NULL,
    typed TEXT NOT NULL,
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    PRIMARY KEY (login, form)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('account_manager', 'lead', 'support', 'product', 'quality', 'sales', 'finance', 'admin')),
    office TEXT NOT NULL,
    department TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    away_from TEXT CHECK (length(away_from) = 10),
    away_till TEXT CHECK (length(away_till) = 10),
    deputy_id INTEGER REFERENCES staff (id),
    open_limit INTEGER NOT NULL,
    hour_rate INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3)
) STRICT;

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id INTEGER REFERENCES product (id),
    unit TEXT NOT NULL,
    price INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    description TEXT NOT NULL,
    is_sold INTEGER NOT NULL CHECK (is_sold IN (0, 1))
) STRICT;

CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    product_id INTEGER NOT NULL REFERENCES product (id),
    version_name TEXT NOT NULL,
    released_on TEXT CHECK (length(released_on) = 10),
    notes TEXT NOT NULL
) STRICT;

CREATE TABLE feature (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    title TEXT NOT NULL,
    product_id INTEGER REFERENCES product (id),
    status TEXT NOT NULL CHECK (status IN ('asked', 'planned', 'in_work', 'released', 'declined')),
    release_id INTEGER REFERENCES release (id),
    description TEXT NOT NULL
) STRICT;

CREATE TABLE playbook (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    plan_kind TEXT NOT NULL CHECK (plan_kind IN ('onboarding', 'project', 'delivery', 'employee')),
    description TEXT NOT NULL
) STRICT;

CREATE TABLE playbook_step (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    playbook_id INTEGER NOT NULL REFERENCES playbook (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('account_manager', 'lead', 'support', 'product', 'quality', 'sales', 'finance', 'admin')),
    due_after_days INTEGER NOT NULL,
    result_kind TEXT NOT NULL CHECK (result_kind IN ('none', 'document', 'date', 'training', 'version')),
    is_control_point INTEGER NOT NULL CHECK (is_control_point IN (0, 1))
) STRICT;

CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    hours TEXT NOT NULL
) STRICT;

CREATE TABLE policy (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    calendar_id INTEGER NOT NULL REFERENCES calendar (id),
    tier TEXT NOT NULL CHECK (tier IN ('', 'A', 'B', 'C', 'D')),
    priority TEXT NOT NULL CHECK (priority IN ('', 'urgent', 'high', 'normal', 'low')),
    request_kind TEXT NOT NULL,
    first_response_min INTEGER,
    next_response_min INTEGER,
    resolution_min INTEGER,
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10)
) STRICT;

CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    name TEXT NOT NULL,
    filter TEXT NOT NULL
) STRICT;

CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    file_name TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    reverted_at TEXT CHECK (length(reverted_at) = 20)
) STRICT;

CREATE TABLE survey (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    title TEXT NOT NULL,
    metric TEXT NOT NULL CHECK (metric IN ('nps', 'csat', 'ces', 'other')),
    scale_min INTEGER NOT NULL,
    scale_max INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('higher_is_better', 'lower_is_better')),
    questions TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    touchpoint TEXT NOT NULL,
    incentive TEXT NOT NULL
) STRICT;

CREATE TABLE announcement (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    product_id INTEGER REFERENCES product (id),
    release_id INTEGER REFERENCES release (id),
    audience TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sending', 'sent')),
    sent_on TEXT CHECK (length(sent_on) = 10)
) STRICT;

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    number INTEGER NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    client_class TEXT NOT NULL CHECK (client_class IN ('reseller', 'regular', 'one_off')),
    tier TEXT NOT NULL CHECK (tier IN ('A', 'B', 'C', 'D')),
    stage TEXT NOT NULL CHECK (stage IN ('handover', 'onboarding', 'active', 'leaving', 'lost')),
    loss_reason TEXT NOT NULL,
    owner_id INTEGER REFERENCES staff (id),
    deputy_id INTEGER REFERENCES staff (id),
    since TEXT CHECK (length(since) = 10),
    aliases TEXT NOT NULL,
    glossary TEXT NOT NULL,
    goal TEXT NOT NULL,
    goal_measure TEXT NOT NULL,
    goal_reviewed_on TEXT CHECK (length(goal_reviewed_on) = 10),
    segment TEXT NOT NULL,
    industry TEXT NOT NULL,
    country TEXT NOT NULL,
    city TEXT NOT NULL,
    website TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    time_zone TEXT NOT NULL,
    tags TEXT NOT NULL,
    referrer_id INTEGER REFERENCES client (id),
    competitor_of_id INTEGER REFERENCES client (id),
    payment_state TEXT NOT NULL CHECK (payment_state IN ('unknown', 'paid', 'due', 'overdue')),
    paid_till TEXT CHECK (length(paid_till) = 10),
    note TEXT NOT NULL,
    flags TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    address_as TEXT NOT NULL,
    role TEXT NOT NULL,
    manner TEXT NOT NULL,
    preferred_channel TEXT NOT NULL CHECK (preferred_channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    phone TEXT NOT NULL,
    phone_2 TEXT NOT NULL,
    email TEXT NOT NULL,
    email_2 TEXT NOT NULL,
    messenger TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    birthday TEXT CHECK (length(birthday) = 10),
    is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    left_on TEXT CHECK (length(left_on) = 10),
    flags TEXT NOT NULL
) STRICT;

CREATE TABLE contact_note (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    noted_on TEXT NOT NULL CHECK (length(noted_on) = 10),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    contact_id INTEGER REFERENCES contact (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('marketing', 'newsletter', 'survey', 'personal_data')),
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    state TEXT NOT NULL CHECK (state IN ('given', 'refused', 'withdrawn')),
    decided_on TEXT NOT NULL CHECK (length(decided_on) = 10),
    source TEXT NOT NULL
) STRICT;

CREATE TABLE requisites (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    legal_name TEXT NOT NULL,
    tax_id TEXT NOT NULL,
    kpp TEXT NOT NULL,
    ogrn TEXT NOT NULL,
    legal_address TEXT NOT NULL,
    postal_address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    bank TEXT NOT NULL,
    bik TEXT NOT NULL,
    account TEXT NOT NULL,
    corr_account TEXT NOT NULL,
    iban TEXT NOT NULL,
    swift TEXT NOT NULL,
    consignee TEXT NOT NULL,
    consignee_address TEXT NOT NULL,
    head_name TEXT NOT NULL,
    head_position TEXT NOT NULL,
    acts_on TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    flags TEXT NOT NULL
) STRICT;

CREATE TABLE asset (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    serial TEXT NOT NULL,
    place TEXT NOT NULL,
    installed_version TEXT NOT NULL,
    installed_on TEXT CHECK (length(installed_on) = 10),
    warranty_till TEXT CHECK (length(warranty_till) = 10),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    document_kind TEXT NOT NULL CHECK (document_kind IN ('contract', 'specification', 'invoice', 'act', 'licence', 'offer', 'other')),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('missing', 'draft', 'sent', 'signed', 'received', 'expired', 'cancelled')),
    issued_on TEXT CHECK (length(issued_on) = 10),
    due_on TEXT CHECK (length(due_on) = 10),
    signed_on TEXT CHECK (length(signed_on) = 10),
    expires_on TEXT CHECK (length(expires_on) = 10),
    period TEXT NOT NULL,
    amount INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    location TEXT NOT NULL,
    parent_id INTEGER REFERENCES document (id),
    version_note TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    text TEXT NOT NULL,
    promise_kind TEXT NOT NULL CHECK (promise_kind IN ('term', 'spoken')),
    status TEXT NOT NULL CHECK (status IN ('new', 'acknowledged', 'kept', 'broken', 'withdrawn')),
    due_on TEXT CHECK (length(due_on) = 10),
    given_by_id INTEGER REFERENCES staff (id),
    given_to_id INTEGER REFERENCES contact (id),
    evidence TEXT NOT NULL,
    document_id INTEGER REFERENCES document (id),
    in_contract INTEGER NOT NULL CHECK (in_contract IN (0, 1)),
    deliverable TEXT NOT NULL,
    acceptance TEXT NOT NULL,
    valid_from TEXT CHECK (length(valid_from) = 10),
    valid_till TEXT CHECK (length(valid_till) = 10),
    owner_id INTEGER REFERENCES staff (id),
    acknowledged_by_id INTEGER REFERENCES staff (id),
    acknowledged_at TEXT CHECK (length(acknowledged_at) = 20),
    settled_at TEXT CHECK (length(settled_at) = 20),
    kept_count INTEGER NOT NULL,
    broken_count INTEGER NOT NULL
) STRICT;

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    number INTEGER NOT NULL,
    client_id INTEGER NOT NULL REFERENCES client (id),
    title TEXT NOT NULL,
    request_kind TEXT NOT NULL CHECK (request_kind IN ('problem', 'fault', 'documents', 'access', 'question', 'training', 'complaint', 'other')),
    priority TEXT NOT NULL CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
    status TEXT NOT NULL CHECK (status IN ('new', 'open', 'waiting', 'handed_off', 'resolved', 'declined')),
    next_actor TEXT NOT NULL CHECK (next_actor IN ('us', 'client', 'internal')),
    assignee_id INTEGER REFERENCES staff (id),
    contact_id INTEGER REFERENCES contact (id),
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    promised_at TEXT CHECK (length(promised_at) = 20),
    text TEXT NOT NULL,
    deliverable TEXT NOT NULL,
    acceptance TEXT NOT NULL,
    product_id INTEGER REFERENCES product (id),
    work_kind TEXT NOT NULL CHECK (work_kind IN ('warranty', 'paid', 'on_site', 'pre_sale')),
    department TEXT NOT NULL,
    tags TEXT NOT NULL,
    cause TEXT NOT NULL,
    corrective_action TEXT NOT NULL,
    result TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    opened_at TEXT NOT NULL CHECK (length(opened_at) = 20),
    responded_at TEXT CHECK (length(responded_at) = 20),
    resolved_at TEXT CHECK (length(resolved_at) = 20),
    due_at TEXT CHECK (length(due_at) = 20),
    intake_seconds INTEGER NOT NULL,
    parent_id INTEGER REFERENCES request (id)
) STRICT;

CREATE TABLE request_event (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    request_id INTEGER NOT NULL REFERENCES request (id),
    at TEXT NOT NULL CHECK (length(at) = 20),
    event_kind TEXT NOT NULL CHECK (event_kind IN ('opened', 'client_message', 'reply', 'note', 'wait_client', 'resume', 'no_answer_needed', 'thanks', 'resolve', 'decline', 'reopen', 'assign', 'hand_off', 'promise', 'policy', 'link', 'merge')),
    staff_id INTEGER REFERENCES staff (id),
    text TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    title TEXT NOT NULL,
    assignee_id INTEGER REFERENCES staff (id),
    due_on TEXT CHECK (length(due_on) = 10),
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
    task_kind TEXT NOT NULL,
    request_id INTEGER REFERENCES request (id),
    text TEXT NOT NULL,
    snoozed_till TEXT CHECK (length(snoozed_till) = 10),
    done_at TEXT CHECK (length(done_at) = 20)
) STRICT;

CREATE TABLE touch (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    touch_kind TEXT NOT NULL CHECK (touch_kind IN ('call', 'mail', 'message', 'meeting', 'visit', 'note', 'gift', 'survey', 'review')),
    text TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 20),
    contact_id INTEGER REFERENCES contact (id),
    staff_id INTEGER REFERENCES staff (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'internal')),
    mood TEXT NOT NULL CHECK (mood IN ('', 'angry', 'worried', 'calm', 'glad')),
    need TEXT NOT NULL,
    fact TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    cost INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    is_automatic INTEGER NOT NULL CHECK (is_automatic IN (0, 1)),
    request_id INTEGER REFERENCES request (id),
    postponed INTEGER NOT NULL,
    link TEXT NOT NULL
) STRICT;

CREATE TABLE licence (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    product_id INTEGER NOT NULL REFERENCES product (id),
    bought INTEGER NOT NULL,
    active INTEGER NOT NULL,
    volume_limit INTEGER,
    starts_on TEXT CHECK (length(starts_on) = 10),
    ends_on TEXT CHECK (length(ends_on) = 10),
    amount INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    installed_version TEXT NOT NULL,
    last_used_on TEXT CHECK (length(last_used_on) = 10),
    document_id INTEGER REFERENCES document (id)
) STRICT;

CREATE TABLE workplace (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    product_id INTEGER REFERENCES product (id),
    name TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    installed_version TEXT NOT NULL,
    installed_on TEXT CHECK (length(installed_on) = 10)
) STRICT;

CREATE TABLE training (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    title TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    product_id INTEGER REFERENCES product (id),
    trainer_id INTEGER REFERENCES staff (id),
    planned_on TEXT CHECK (length(planned_on) = 10),
    held_on TEXT CHECK (length(held_on) = 10),
    state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'passed', 'missed')),
    people INTEGER NOT NULL
) STRICT;

CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    playbook_id INTEGER REFERENCES playbook (id),
    title TEXT NOT NULL,
    plan_kind TEXT NOT NULL CHECK (plan_kind IN ('onboarding', 'project', 'delivery', 'employee')),
    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'stopped')),
    started_on TEXT NOT NULL CHECK (length(started_on) = 10),
    due_on TEXT CHECK (length(due_on) = 10),
    mentor_id INTEGER REFERENCES staff (id),
    agreed_volume INTEGER,
    delivered_volume INTEGER
) STRICT;

CREATE TABLE plan_step (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    assignee_id INTEGER REFERENCES staff (id),
    due_on TEXT CHECK (length(due_on) = 10),
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'skipped')),
    result_kind TEXT NOT NULL CHECK (result_kind IN ('none', 'document', 'date', 'training', 'version')),
    result TEXT NOT NULL,
    is_control_point INTEGER NOT NULL CHECK (is_control_point IN (0, 1)),
    done_on TEXT CHECK (length(done_on) = 10)
) STRICT;

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    announcement_id INTEGER NOT NULL REFERENCES announcement (id),
    contact_id INTEGER REFERENCES contact (id),
    state TEXT NOT NULL CHECK (state IN ('queued', 'told', 'read', 'answered', 'declined')),
    at TEXT CHECK (length(at) = 20),
    answer TEXT NOT NULL
) STRICT;

CREATE TABLE usage (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    product_id INTEGER NOT NULL REFERENCES product (id),
    week INTEGER NOT NULL,
    active_users INTEGER NOT NULL,
    volume INTEGER NOT NULL,
    PRIMARY KEY (client_id, product_id, week)
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    feedback_kind TEXT NOT NULL CHECK (feedback_kind IN ('usage', 'remark', 'wish', 'competitor', 'reaction')),
    quote TEXT NOT NULL,
    importance INTEGER NOT NULL,
    contact_id INTEGER REFERENCES contact (id),
    said_on TEXT NOT NULL CHECK (length(said_on) = 10),
    product_id INTEGER REFERENCES product (id),
    feature_id INTEGER REFERENCES feature (id),
    release_id INTEGER REFERENCES release (id),
    competitor TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    told_on TEXT CHECK (length(told_on) = 10),
    reaction TEXT NOT NULL
) STRICT;

CREATE TABLE survey_response (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    survey_id INTEGER NOT NULL REFERENCES survey (id),
    contact_id INTEGER REFERENCES contact (id),
    score INTEGER NOT NULL,
    comment TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    at TEXT NOT NULL CHECK (length(at) = 20),
    task_id INTEGER REFERENCES task (id)
) STRICT;

CREATE TABLE opportunity (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    title TEXT NOT NULL,
    opportunity_kind TEXT NOT NULL CHECK (opportunity_kind IN ('licences', 'volume', 'module', 'service', 'renewal', 'reorder', 'upgrade', 'other')),
    state TEXT NOT NULL CHECK (state IN ('suggested', 'accepted', 'offered', 'won', 'lost', 'dismissed')),
    product_id INTEGER REFERENCES product (id),
    amount INTEGER,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    evidence TEXT NOT NULL,
    trigger TEXT NOT NULL,
    expected_on TEXT CHECK (length(expected_on) = 10),
    window_till TEXT CHECK (length(window_till) = 10),
    assignee_id INTEGER REFERENCES staff (id),
    reason TEXT NOT NULL,
    closed_on TEXT CHECK (length(closed_on) = 10)
) STRICT;

CREATE TABLE revenue (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    on_date TEXT NOT NULL CHECK (length(on_date) = 10),
    revenue_kind TEXT NOT NULL CHECK (revenue_kind IN ('licence', 'subscription', 'service', 'goods', 'discount', 'cost')),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    product_id INTEGER REFERENCES product (id),
    document_id INTEGER REFERENCES document (id),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE handover (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    deal TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'accepted_with_debts', 'returned')),
    sales_id INTEGER REFERENCES staff (id),
    receiver_id INTEGER REFERENCES staff (id),
    contract_number TEXT NOT NULL,
    sent_on TEXT NOT NULL CHECK (length(sent_on) = 10),
    decided_on TEXT CHECK (length(decided_on) = 10),
    reason TEXT NOT NULL,
    meeting_on TEXT CHECK (length(meeting_on) = 10),
    meeting_form TEXT NOT NULL,
    meeting_led_by TEXT NOT NULL,
    meeting_notes TEXT NOT NULL,
    satisfaction INTEGER
) STRICT;

CREATE TABLE handover_item (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    handover_id INTEGER NOT NULL REFERENCES handover (id),
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'present', 'missing', 'not_needed', 'asked', 'answered')),
    is_blocker INTEGER NOT NULL CHECK (is_blocker IN (0, 1)),
    asked_at TEXT CHECK (length(asked_at) = 20),
    answered_at TEXT CHECK (length(answered_at) = 20),
    answer TEXT NOT NULL
) STRICT;

-- Lists of clients: one index for every order that the list offers.
CREATE UNIQUE INDEX client_number ON client (number);
CREATE INDEX client_slug ON client (slug);
CREATE INDEX client_name ON client (name_sort, id) WHERE archived_at IS NULL;
CREATE INDEX client_owner ON client (owner_id, name_sort, id) WHERE archived_at IS NULL;
CREATE INDEX client_deputy ON client (deputy_id, name_sort, id) WHERE archived_at IS NULL;
CREATE INDEX client_stage ON client (stage, name_sort, id) WHERE archived_at IS NULL;
CREATE INDEX client_external ON client (external_id) WHERE external_id IS NOT NULL;

-- What the list shows of a client and must be ordered by: a cache, written with its cause, checked by `db check`.
-- Orders have no NULL, because engines disagree where it stands: health 101 is unknown, next_due_at '~' is
-- nothing due, last_touch_at '' is never. Archived clients have no row.
-- WITHOUT ROWID, because only a real column can follow the order in a range (key, client_id) > (…).
CREATE TABLE client_stat (
    client_id INTEGER PRIMARY KEY REFERENCES client (id),
    owner_id INTEGER,
    stage TEXT NOT NULL,
    health INTEGER NOT NULL CHECK (health BETWEEN 0 AND 101),
    band TEXT NOT NULL CHECK (band IN ('red', 'amber', 'green', 'unknown')),
    coverage INTEGER NOT NULL,
    open_count INTEGER NOT NULL,
    next_due_at TEXT NOT NULL,
    last_touch_at TEXT NOT NULL,
    completeness INTEGER NOT NULL,
    computed_at TEXT NOT NULL CHECK (length(computed_at) = 20)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_stat_risk ON client_stat (band, health, client_id);
CREATE INDEX client_stat_health ON client_stat (health, client_id);
CREATE INDEX client_stat_due ON client_stat (next_due_at, client_id);
CREATE INDEX client_stat_touch ON client_stat (last_touch_at, client_id, stage);
CREATE INDEX client_stat_owner_health ON client_stat (owner_id, health, client_id, band);
CREATE INDEX client_stat_owner_due ON client_stat (owner_id, next_due_at, client_id);
CREATE INDEX client_stat_owner_touch ON client_stat (owner_id, last_touch_at, client_id, stage);

-- Panels: one index a table that begins with the client and carries the panel's order.
CREATE INDEX contact_client ON contact (client_id, is_main DESC, name, id);
CREATE INDEX contact_external ON contact (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX contact_note_client ON contact_note (client_id, noted_on DESC, id);
CREATE INDEX consent_client ON consent (client_id, decided_on DESC, id);
CREATE INDEX requisites_client ON requisites (client_id, id);
CREATE INDEX requisites_tax_id ON requisites (tax_id) WHERE tax_id <> '';
CREATE INDEX asset_client ON asset (client_id, name, id);
CREATE INDEX promise_client ON promise (client_id, due_on, id);
CREATE INDEX promise_due ON promise (owner_id, due_on, id) WHERE status IN ('new', 'acknowledged');
CREATE UNIQUE INDEX request_number ON request (number);
CREATE INDEX request_client ON request (client_id, opened_at DESC, id);
CREATE INDEX request_client_open ON request (client_id, due_at, id) WHERE status NOT IN ('resolved', 'declined');
CREATE INDEX request_queue ON request (assignee_id, due_at, id) WHERE status NOT IN ('resolved', 'declined');
CREATE INDEX request_due ON request (due_at, id) WHERE status NOT IN ('resolved', 'declined');
CREATE INDEX request_external ON request (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX request_event_request ON request_event (request_id, at, id);
CREATE INDEX request_event_client ON request_event (client_id, at DESC, id);
CREATE INDEX document_client ON document (client_id, issued_on DESC, id);
CREATE INDEX document_missing ON document (client_id, due_on, id) WHERE state = 'missing';
CREATE INDEX document_expiry ON document (client_id, expires_on, id) WHERE expires_on IS NOT NULL;
CREATE INDEX task_client ON task (client_id, due_on, id) WHERE status = 'open';
CREATE INDEX task_client_all ON task (client_id, id);
CREATE INDEX task_queue ON task (assignee_id, due_on, id) WHERE status = 'open';
CREATE INDEX touch_client ON touch (client_id, at DESC, id);
CREATE INDEX licence_client ON licence (client_id, product_id, id);
CREATE INDEX licence_end ON licence (ends_on, id) WHERE ends_on IS NOT NULL;
CREATE INDEX workplace_client ON workplace (client_id, name, id);
CREATE INDEX training_client ON training (client_id, planned_on DESC, id);
CREATE INDEX playbook_step_order ON playbook_step (playbook_id, position, id);
CREATE INDEX plan_client ON plan (client_id, started_on DESC, id);
CREATE INDEX plan_step_order ON plan_step (plan_id, position, id);
CREATE INDEX plan_step_client ON plan_step (client_id, due_on, id) WHERE status = 'open';
CREATE INDEX plan_step_client_all ON plan_step (client_id, id);
CREATE INDEX plan_step_queue ON plan_step (assignee_id, due_on, id) WHERE status = 'open';
CREATE INDEX release_product ON release (product_id, released_on DESC, id);
CREATE INDEX delivery_client ON delivery (client_id, announcement_id, id);
CREATE INDEX delivery_announcement ON delivery (announcement_id, state, id);
CREATE INDEX feedback_client ON feedback (client_id, said_on DESC, id);
CREATE INDEX feedback_feature ON feedback (feature_id, said_on DESC, id) WHERE feature_id IS NOT NULL;
CREATE INDEX survey_response_client ON survey_response (client_id, at DESC, id);
CREATE INDEX survey_response_survey ON survey_response (survey_id, at DESC, id);
CREATE INDEX opportunity_client ON opportunity (client_id, window_till, id);
CREATE INDEX revenue_client ON revenue (client_id, on_date DESC, id);
CREATE INDEX handover_client ON handover (client_id, sent_on DESC, id);
CREATE INDEX handover_item_handover ON handover_item (handover_id, id);
CREATE INDEX handover_item_client ON handover_item (client_id, id);
CREATE UNIQUE INDEX staff_login ON staff (login);
CREATE UNIQUE INDEX usage_id ON usage (id);

-- Search: text folded to ASCII by the application; see search.sql for the engine's own index over it.
CREATE TABLE search_doc (
    client_id INTEGER PRIMARY KEY REFERENCES client (id),
    name TEXT NOT NULL,
    people TEXT NOT NULL,
    ids TEXT NOT NULL
) STRICT;
CREATE INDEX search_doc_name ON search_doc (name);
-- The words of names with how many clients have them: by spelling, by sound and from the end, for misspelt queries.
CREATE TABLE search_word (
    word TEXT PRIMARY KEY,
    skeleton TEXT NOT NULL,
    reversed TEXT NOT NULL,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX search_word_skeleton ON search_word (skeleton);
CREATE INDEX search_word_reversed ON search_word (reversed);
