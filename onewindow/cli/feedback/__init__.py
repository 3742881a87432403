"""Commands about what clients say and may buy again."""
