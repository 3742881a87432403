"""Screens about taking a client over from sales, and handing one over."""
