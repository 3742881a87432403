"""When clients are due for a touch."""
