"""Rows of a file read into values and references."""
