-- Archived clients are found by who remembers them, the last archived first.
CREATE INDEX client_archived ON client (archived_at, id) WHERE archived_at IS NOT NULL;
-- Who competes with a client stands on both cards.
CREATE INDEX client_competitor ON client (competitor_of_id, id) WHERE competitor_of_id IS NOT NULL;
