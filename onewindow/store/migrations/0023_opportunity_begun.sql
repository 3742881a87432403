-- The day on which an opportunity was first worked on, as other programs tell it; empty where nobody knows.
ALTER TABLE opportunity ADD COLUMN begun_on TEXT CHECK (length(begun_on) = 10);
