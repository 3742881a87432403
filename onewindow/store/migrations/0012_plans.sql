-- Plans that hold what they promise: steps by role with results, phases with volumes, departments that help,
-- and the register of standards. The two tables of steps are built anew, because their results grew by one.

ALTER TABLE playbook ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE playbook ADD COLUMN starts_itself INTEGER NOT NULL DEFAULT 0 CHECK (starts_itself IN (0, 1));
ALTER TABLE playbook ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;

CREATE TABLE playbook_step_anew (
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
    result_kind TEXT NOT NULL CHECK (result_kind IN ('none', 'document', 'date', 'training', 'version', 'volume')),
    is_control_point INTEGER NOT NULL CHECK (is_control_point IN (0, 1)),
    step_key TEXT NOT NULL DEFAULT '',
    depends_on_id INTEGER REFERENCES playbook_step_anew (id),
    wanted TEXT NOT NULL DEFAULT '',
    phase TEXT NOT NULL DEFAULT '',
    volume INTEGER,
    executors TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO playbook_step_anew (id, version, created_at, updated_at, archived_at, external_id, playbook_id,
    position, title, role, due_after_days, result_kind, is_control_point)
SELECT id, version, created_at, updated_at, archived_at, external_id, playbook_id,
    position, title, role, due_after_days, result_kind, is_control_point
FROM playbook_step;
DROP TABLE playbook_step;
ALTER TABLE playbook_step_anew RENAME TO playbook_step;
CREATE INDEX playbook_step_order ON playbook_step (playbook_id, position, id);

ALTER TABLE plan ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE plan ADD COLUMN owner_id INTEGER REFERENCES staff (id);
ALTER TABLE plan ADD COLUMN employee_id INTEGER REFERENCES staff (id);
ALTER TABLE plan ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN closed_on TEXT CHECK (length(closed_on) = 10);
ALTER TABLE plan ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE plan SET owner_id = mentor_id WHERE owner_id IS NULL;

CREATE TABLE plan_phase (
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
    due_on TEXT CHECK (length(due_on) = 10),
    agreed_volume INTEGER,
    delivered_volume INTEGER NOT NULL,
    document_id INTEGER REFERENCES document (id)
) STRICT;
CREATE INDEX plan_phase_order ON plan_phase (plan_id, position, id);
CREATE INDEX plan_phase_client ON plan_phase (client_id, id);

CREATE TABLE plan_step_anew (
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
    result_kind TEXT NOT NULL CHECK (result_kind IN ('none', 'document', 'date', 'training', 'version', 'volume')),
    result TEXT NOT NULL,
    is_control_point INTEGER NOT NULL CHECK (is_control_point IN (0, 1)),
    done_on TEXT CHECK (length(done_on) = 10),
    role TEXT NOT NULL DEFAULT 'account_manager' CHECK (role IN ('account_manager', 'lead', 'support', 'product', 'quality', 'sales', 'finance', 'admin')),
    due_after_days INTEGER NOT NULL DEFAULT 0,
    depends_on_id INTEGER REFERENCES plan_step_anew (id),
    wanted TEXT NOT NULL DEFAULT '',
    phase_id INTEGER REFERENCES plan_phase (id),
    document_id INTEGER REFERENCES document (id),
    training_id INTEGER REFERENCES training (id),
    first_due_on TEXT CHECK (length(first_due_on) = 10),
    reason TEXT NOT NULL DEFAULT '',
    passed_over TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO plan_step_anew (id, version, created_at, updated_at, archived_at, external_id, client_id, plan_id,
    position, title, assignee_id, due_on, status, result_kind, result, is_control_point, done_on, first_due_on)
SELECT id, version, created_at, updated_at, archived_at, external_id, client_id, plan_id,
    position, title, assignee_id, due_on, status, result_kind, result, is_control_point, done_on, due_on
FROM plan_step;
DROP TABLE plan_step;
ALTER TABLE plan_step_anew RENAME TO plan_step;
CREATE INDEX plan_step_order ON plan_step (plan_id, position, id);
CREATE INDEX plan_step_client ON plan_step (client_id, due_on, id) WHERE status = 'open';
CREATE INDEX plan_step_client_all ON plan_step (client_id, id);
CREATE INDEX plan_step_queue ON plan_step (assignee_id, due_on, id) WHERE status = 'open';

CREATE TABLE executor (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    plan_step_id INTEGER NOT NULL REFERENCES plan_step (id),
    what TEXT NOT NULL,
    department TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    due_on TEXT CHECK (length(due_on) = 10),
    state TEXT NOT NULL CHECK (state IN ('asked', 'ready', 'dropped')),
    asked_on TEXT CHECK (length(asked_on) = 10),
    ready_on TEXT CHECK (length(ready_on) = 10),
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX executor_step ON executor (plan_step_id, id);
CREATE INDEX executor_client ON executor (client_id, id);
CREATE INDEX executor_queue ON executor (staff_id, due_on, id) WHERE state = 'asked';
CREATE INDEX executor_readiness ON executor (department, due_on, id) WHERE state = 'asked';

-- Plans of everybody: those that run, those for which somebody answers, teaches, or which are his own start.
CREATE INDEX plan_running ON plan (plan_kind, due_on, id) WHERE status = 'running';
CREATE INDEX plan_owner ON plan (owner_id, due_on, id) WHERE status = 'running';
CREATE INDEX plan_mentor ON plan (mentor_id, due_on, id) WHERE status = 'running';
CREATE INDEX plan_employee ON plan (employee_id, due_on, id) WHERE status = 'running';
CREATE INDEX plan_playbook ON plan (playbook_id, id);
CREATE INDEX plan_begun ON plan (plan_kind, started_on, id);
CREATE INDEX staff_role ON staff (role, office, id);

CREATE TABLE standard (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    location TEXT NOT NULL,
    owner_id INTEGER REFERENCES staff (id),
    cycle TEXT NOT NULL CHECK (cycle IN ('write', 'refine', 'introduce', 'train', 'motivate')),
    review_on TEXT CHECK (length(review_on) = 10)
) STRICT;
CREATE INDEX standard_queue ON standard (owner_id, review_on, id);
CREATE INDEX standard_review ON standard (review_on, id);

CREATE TABLE standard_check (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    standard_id INTEGER NOT NULL REFERENCES standard (id),
    cycle TEXT NOT NULL CHECK (cycle IN ('write', 'refine', 'introduce', 'train', 'motivate')),
    outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed')),
    checked_on TEXT NOT NULL CHECK (length(checked_on) = 10),
    staff_id INTEGER REFERENCES staff (id),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX standard_check_standard ON standard_check (standard_id, checked_on, id);
