"""Who or what a row of a file means among the records on file."""
