"""Messages to clients: drafts, quiet hours, sending."""
