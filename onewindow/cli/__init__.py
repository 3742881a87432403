"""The typed face: one module or package a noun, imported when it is named. Parses, calls the desk, prints."""
