"""What an import found, changed and refused, told to people."""
