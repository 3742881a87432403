"""Commands about releases, announcements of them, and training sessions."""
