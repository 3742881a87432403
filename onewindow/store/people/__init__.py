"""Colleagues, calendars, policies, and how they stood before."""
