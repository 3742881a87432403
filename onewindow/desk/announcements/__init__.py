"""Releases told to clients: to whom, by whom, and what came of it."""
