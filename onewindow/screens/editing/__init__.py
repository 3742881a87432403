"""Screens on which records of any kind are found, edited and compared."""
