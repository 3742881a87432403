"""What clients said."""
