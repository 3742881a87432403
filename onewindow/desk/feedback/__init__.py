"""What clients said and may buy again."""
