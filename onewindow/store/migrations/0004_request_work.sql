-- When another department answered last, how often requests were passed on, and the register of complaints.

ALTER TABLE hand_off ADD COLUMN answered_at TEXT CHECK (length(answered_at) = 20);

CREATE INDEX request_event_assign ON request_event (client_id, at, id) WHERE event_kind = 'assign';
CREATE INDEX request_complaint ON request (opened_at, id) WHERE request_kind = 'complaint';
CREATE INDEX request_complaint_client ON request (client_id, opened_at, id) WHERE request_kind = 'complaint';
