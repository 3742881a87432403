"""The typed face: one module a noun, imported when the noun is named. Parses, calls the desk, prints."""
