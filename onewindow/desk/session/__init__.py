"""Who works on which file at what time."""
