"""Screens of the queues: today and the team."""
