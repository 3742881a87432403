"""Handovers, their lines, and promises."""
