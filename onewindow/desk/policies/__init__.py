"""Calendars and SLA policies as people change them and try them on the past."""
