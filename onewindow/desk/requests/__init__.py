"""Requests from intake to the answer."""
