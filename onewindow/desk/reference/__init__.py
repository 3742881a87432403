"""What rules and names are on file, read once, and what the program knows of each kind: below every session."""
