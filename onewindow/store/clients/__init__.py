"""Cards of clients, the list of them, and their cache rows."""
