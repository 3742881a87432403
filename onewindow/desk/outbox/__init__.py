"""Messages to clients before they go: drafts, consents, quiet hours."""
