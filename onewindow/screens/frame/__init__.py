"""What screens stand on: boxes, keys, help, going to and fro."""
