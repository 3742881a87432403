"""Working time and working days of calendars."""
