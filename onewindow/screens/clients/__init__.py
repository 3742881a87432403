"""Screens about findings on clients' cards."""
