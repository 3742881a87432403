"""What clients think, in numbers."""
