"""What clients own and use, and what their training came to."""
