-- The load of a person is counted from this alone, without a look at his requests.
CREATE INDEX request_load ON request (assignee_id, due_at, responded_at, opened_at) WHERE status NOT IN ('resolved', 'declined') AND archived_at IS NULL;
