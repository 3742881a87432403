"""Meetings and calls: planning, the brief before, the entry after."""
