"""What must hold beyond the shapes of fields: the mechanism, and the rules that no one feature owns."""
