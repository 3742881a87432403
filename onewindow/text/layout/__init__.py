"""Cells, widths and bars of lists."""
