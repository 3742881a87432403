-- The day on which a client was lost, by which churn and lifetimes count; and the indexes of what metrics read by day.
ALTER TABLE client ADD COLUMN lost_on TEXT CHECK (length(lost_on) = 10);
CREATE INDEX opportunity_closed ON opportunity (closed_on, id) WHERE closed_on IS NOT NULL;
CREATE INDEX promise_event_day ON promise_event (happened_on, id);
