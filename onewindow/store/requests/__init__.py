"""Requests, their links, and hand-offs."""
