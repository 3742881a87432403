"""Commands about the file itself: examination, copies, repair."""
