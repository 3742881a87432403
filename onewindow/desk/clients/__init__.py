"""Lists of clients; findings, promises and documents of a card, and what must hold for it."""
