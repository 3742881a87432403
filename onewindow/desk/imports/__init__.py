"""Files that come in, from a first look to taking a run back."""
