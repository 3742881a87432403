"""Announcements, their deliveries, and what followed them."""
