-- Surveys of up to five questions: what kind a survey is, an answer to each question, and a first question that may
-- stay without one. The table of answers is made again, since a column that must be filled cannot become free.
ALTER TABLE survey ADD COLUMN survey_kind TEXT NOT NULL DEFAULT 'relationship' CHECK (survey_kind IN ('relationship', 'event'));
UPDATE survey SET survey_kind = 'event' WHERE metric <> 'nps';

CREATE TABLE survey_response_with_answers (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    survey_id INTEGER NOT NULL REFERENCES survey (id),
    contact_id INTEGER REFERENCES contact (id),
    score INTEGER,
    comment TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'messenger', 'sms', 'meeting', 'visit', 'post', 'portal')),
    at TEXT NOT NULL CHECK (length(at) = 20),
    task_id INTEGER REFERENCES task (id),
    answer_2 TEXT NOT NULL DEFAULT '',
    answer_3 TEXT NOT NULL DEFAULT '',
    answer_4 TEXT NOT NULL DEFAULT '',
    answer_5 TEXT NOT NULL DEFAULT '',
    reasons TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO survey_response_with_answers
    (id, version, created_at, updated_at, archived_at, external_id, client_id, survey_id, contact_id, score, comment,
     channel, at, task_id)
    SELECT id, version, created_at, updated_at, archived_at, external_id, client_id, survey_id, contact_id, score, comment,
        channel, at, task_id
    FROM survey_response;
DROP TABLE survey_response;
ALTER TABLE survey_response_with_answers RENAME TO survey_response;
CREATE INDEX survey_response_client ON survey_response (client_id, at DESC, id);
CREATE INDEX survey_response_survey ON survey_response (survey_id, at, id);
CREATE INDEX survey_response_at ON survey_response (at, id);
CREATE INDEX survey_response_task ON survey_response (task_id) WHERE task_id IS NOT NULL;
