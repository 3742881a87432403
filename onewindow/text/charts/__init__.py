"""Charts as lines of text: from numbers to cells, in blocks and braille, or in plain ASCII."""
