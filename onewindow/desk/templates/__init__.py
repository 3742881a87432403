"""Templates of messages and scripts of talks, filled in."""
