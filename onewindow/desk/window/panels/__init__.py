"""The panels of the window: each turns a client's snapshot into a title, a summary and rows."""
