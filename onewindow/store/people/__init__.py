"""Colleagues and who depends on them; the department's calendars and policies, and how those stood before."""
