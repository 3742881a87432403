"""Commands about meetings and calls."""
