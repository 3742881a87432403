"""A request typed in one line."""
