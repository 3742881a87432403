"""Taking a client over from sales."""
