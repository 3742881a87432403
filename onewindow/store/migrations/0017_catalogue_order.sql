-- Lists of all touches, payments, … are in the order in which these happened, not in that of their entry.
CREATE INDEX touch_at ON touch (at, id);
CREATE INDEX meeting_starts ON meeting (starts_at, id);
CREATE INDEX feedback_said ON feedback (said_on, id);
CREATE INDEX survey_response_at ON survey_response (at, id);
CREATE INDEX revenue_date ON revenue (on_date, id);
