-- Reports read requests by the time at which they were opened.
CREATE INDEX request_opened ON request (opened_at, id);
