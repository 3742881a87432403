"""Commands about calendars and SLA policies."""
