"""Screens of repeat sales over all clients: suggestions, renewals, whitespace, what came of the rules."""
