"""Lists of clients, their findings, and what must hold for a card."""
