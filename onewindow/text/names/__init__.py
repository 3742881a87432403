"""Names of people, firms and logins."""
