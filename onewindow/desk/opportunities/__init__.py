"""Repeat sales: what is suggested and why, what is not offered, what became of it."""
