"""What rules and names are on file, and what is known of each kind: below every session."""
