"""Screens about releases, announcements and training sessions."""
