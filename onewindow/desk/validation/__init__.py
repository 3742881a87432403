"""What must hold for a record beyond the shapes of its fields: the mechanism, not the rules."""
