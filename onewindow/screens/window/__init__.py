"""The main window: one client whole, the list of clients, and what its keys do."""
