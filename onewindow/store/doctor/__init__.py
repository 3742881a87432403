"""Whether a file is sound, copies of it, and the way back."""
