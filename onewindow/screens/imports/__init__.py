"""Screens on which files come in."""
