"""What is kept beside the records, written with its cause, caught up and compared."""
