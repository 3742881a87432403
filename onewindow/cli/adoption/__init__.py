"""Commands about what clients own and use, and how far they have come with it."""
