"""What clients say, and what they are told of it."""
