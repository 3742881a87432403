-- What clients of a class get as a rule.
CREATE TABLE class_terms (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_class TEXT NOT NULL CHECK (client_class IN ('regular', 'reseller', 'one_off')),
    discount_percent INTEGER NOT NULL,
    payment_days INTEGER NOT NULL,
    instalments INTEGER NOT NULL,
    bonus TEXT NOT NULL,
    extra_service TEXT NOT NULL,
    loyalty TEXT NOT NULL
) STRICT;
CREATE INDEX class_terms_class ON class_terms (client_class, id);

CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    title TEXT NOT NULL,
    opportunity_id INTEGER REFERENCES opportunity (id),
    language TEXT NOT NULL CHECK (language IN ('ru', 'bg', 'en')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'to_approve', 'approved', 'refused', 'sent', 'accepted', 'declined', 'withdrawn')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    discount_percent INTEGER NOT NULL,
    payment_days INTEGER NOT NULL,
    instalments INTEGER NOT NULL,
    bonus TEXT NOT NULL,
    extra_service TEXT NOT NULL,
    text TEXT NOT NULL,
    valid_till TEXT CHECK (length(valid_till) = 10),
    approved_by_id INTEGER REFERENCES staff (id),
    reason TEXT NOT NULL,
    sent_on TEXT CHECK (length(sent_on) = 10),
    document_id INTEGER REFERENCES document (id),
    answered_on TEXT CHECK (length(answered_on) = 10),
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX offer_client ON offer (client_id, id DESC);
CREATE INDEX offer_state ON offer (state, id);

CREATE TABLE offer_line (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL CHECK (length(created_at) = 20),
    updated_at TEXT NOT NULL CHECK (length(updated_at) = 20),
    archived_at TEXT CHECK (length(archived_at) = 20),
    external_id TEXT,
    client_id INTEGER NOT NULL REFERENCES client (id),
    offer_id INTEGER NOT NULL REFERENCES offer (id),
    title TEXT NOT NULL,
    product_id INTEGER REFERENCES product (id),
    quantity INTEGER NOT NULL,
    price INTEGER NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3)
) STRICT;
CREATE INDEX offer_line_offer ON offer_line (offer_id, id);
CREATE INDEX offer_line_client ON offer_line (client_id, id);
