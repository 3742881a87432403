"""The panels of the window: each turns a client's picture into a title, a summary and rows."""
