-- Who was invited to which survey, so that nobody is asked too often; and what is said of us in public, with a day to react.
CREATE TABLE survey_invitation (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    survey_id INTEGER NOT NULL REFERENCES survey (id),
    contact_id INTEGER REFERENCES contact (id),
    message_id INTEGER REFERENCES message (id),
    at TEXT NOT NULL CHECK (length(at) = 20)
) STRICT;
CREATE INDEX survey_invitation_client ON survey_invitation (client_id, at DESC, id);
CREATE INDEX survey_invitation_survey ON survey_invitation (survey_id, id);
CREATE INDEX survey_invitation_at ON survey_invitation (at, id);

CREATE TABLE public_review (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER REFERENCES client (id),
    quote TEXT NOT NULL,
    link TEXT NOT NULL,
    mood TEXT NOT NULL CHECK (mood IN ('negative', 'mixed', 'positive')),
    author TEXT NOT NULL,
    seen_on TEXT NOT NULL CHECK (length(seen_on) = 10),
    due_on TEXT CHECK (length(due_on) = 10),
    assignee_id INTEGER REFERENCES staff (id),
    reacted_on TEXT CHECK (length(reacted_on) = 10),
    reaction TEXT NOT NULL
) STRICT;
CREATE INDEX public_review_client ON public_review (client_id, seen_on DESC, id);
CREATE INDEX public_review_seen ON public_review (seen_on, id);
CREATE INDEX public_review_due ON public_review (assignee_id, due_on, id) WHERE reacted_on IS NULL AND archived_at IS NULL;
