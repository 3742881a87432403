"""Messages on their way to clients, and what follows when they went."""
