"""What clients bring, and how long they stay."""
