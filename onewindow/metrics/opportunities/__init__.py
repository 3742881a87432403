"""Repeat sales: what asks for an offer, what forbids it, in which order, and how often it is won."""
