-- The newest change of a client of which his line in the lists does not know yet; 0: it knows of all.
ALTER TABLE client_stat ADD COLUMN behind INTEGER NOT NULL DEFAULT 0 CHECK (behind >= 0);
CREATE INDEX client_stat_behind ON client_stat (behind, client_id) WHERE behind > 0;
