-- A file that was worked on is known by its first change, so that copies which are migrated apart stay copies of one another.
INSERT INTO file_identity (id)
    SELECT CASE WHEN MIN(id) IS NULL THEN lower(hex(randomblob(8))) ELSE printf('%016x', MIN(id)) END FROM change_set;
