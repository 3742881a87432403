"""How we stay in touch: when a client is due, and what became of it."""
