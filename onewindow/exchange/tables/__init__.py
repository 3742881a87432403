"""Files that come in, as rows of text."""
