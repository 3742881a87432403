"""Screens about requests."""
