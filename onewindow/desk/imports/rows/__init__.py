"""One row of a file and what it says by itself."""
