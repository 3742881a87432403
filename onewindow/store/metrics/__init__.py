"""What the metrics count, read a page at a time along an index."""
