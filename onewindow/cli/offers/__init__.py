"""Commands about offers."""
