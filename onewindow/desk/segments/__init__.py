"""Filters that name a part of the clients."""
