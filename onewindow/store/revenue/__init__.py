"""Money and time of clients: what they paid, what was spent on them."""
