"""The verbs that every kind of record has, made from the fields of its record."""
