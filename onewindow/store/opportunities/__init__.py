"""What the rules of repeat sales read, and what came of their suggestions."""
