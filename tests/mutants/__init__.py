"""Faults planted at random in a copy of the program, and what share of them the tests notice."""
