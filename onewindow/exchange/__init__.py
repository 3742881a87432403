"""Files in and out: rows of tables and vCards, names of columns, words of choices, tables that go out."""
