"""What clients bring and cost, and what our work led to."""
