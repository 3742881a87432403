"""The file itself: where it may lie, which one it is, who is in it."""
