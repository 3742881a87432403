"""Files in and out: rows of tables and vCards, names of columns, what cells say, packages, messages."""
