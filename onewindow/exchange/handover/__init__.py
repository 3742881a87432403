"""Packages from sales in files."""
