"""The metrics of the department: each one entry, with n, interval, definition, source and rows behind it."""
