"""Commands about taking a client over from sales."""
