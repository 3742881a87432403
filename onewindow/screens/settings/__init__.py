"""Screens on which settings are changed."""
