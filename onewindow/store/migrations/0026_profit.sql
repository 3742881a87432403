-- To which kind of work money belongs, as of requests; '' for what belongs to none.
ALTER TABLE revenue ADD COLUMN work_kind TEXT NOT NULL DEFAULT '' CHECK (work_kind IN ('', 'warranty', 'paid', 'on_site', 'pre_sale'));
-- The mark of finance on an invoice.
ALTER TABLE document ADD COLUMN paid_on TEXT CHECK (length(paid_on) = 10);

-- What one unit of a currency is worth in another, from a day on.
CREATE TABLE exchange_rate (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    rate TEXT NOT NULL,
    base_currency TEXT NOT NULL CHECK (length(base_currency) = 3),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10)
) STRICT;
CREATE INDEX exchange_rate_pair ON exchange_rate (currency, base_currency, valid_from);
