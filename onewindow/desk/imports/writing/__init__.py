"""Rows written as records."""
