"""What every command stands on: the root, options, printing, problems, completion."""
