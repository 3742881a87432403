"""Commands about what clients bring and cost us."""
