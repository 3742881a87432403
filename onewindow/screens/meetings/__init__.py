"""Screens about meetings and calls."""
