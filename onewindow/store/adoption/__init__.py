"""What clients own, use and learn."""
