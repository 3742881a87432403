"""Runs of imports, the records that rows may mean, and room outside the memory."""
