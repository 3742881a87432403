-- SQLite's own part of the search: one trigram index; a leading space in each field makes it answer word prefixes.
CREATE VIEW search_spaced AS
    SELECT client_id, ' ' || name || ' ' AS name, ' ' || people || ' ' AS people, ' ' || ids || ' ' AS ids
    FROM search_doc;
CREATE VIRTUAL TABLE search_trigram USING fts5 (
    name, people, ids, content = 'search_spaced', content_rowid = 'client_id', tokenize = 'trigram'
);
CREATE TRIGGER search_doc_inserted AFTER INSERT ON search_doc BEGIN
    INSERT INTO search_trigram (rowid, name, people, ids)
    VALUES (new.client_id, ' ' || new.name || ' ', ' ' || new.people || ' ', ' ' || new.ids || ' ');
END;
CREATE TRIGGER search_doc_deleted AFTER DELETE ON search_doc BEGIN
    INSERT INTO search_trigram (search_trigram, rowid, name, people, ids)
    VALUES ('delete', old.client_id, ' ' || old.name || ' ', ' ' || old.people || ' ', ' ' || old.ids || ' ');
END;
CREATE TRIGGER search_doc_updated AFTER UPDATE ON search_doc BEGIN
    INSERT INTO search_trigram (search_trigram, rowid, name, people, ids)
    VALUES ('delete', old.client_id, ' ' || old.name || ' ', ' ' || old.people || ' ', ' ' || old.ids || ' ');
    INSERT INTO search_trigram (rowid, name, people, ids)
    VALUES (new.client_id, ' ' || new.name || ' ', ' ' || new.people || ' ', ' ' || new.ids || ' ');
END;
