"""Telephones, mail addresses, tax ids: their checks and spellings."""
