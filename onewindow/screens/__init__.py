"""The seen face: one file a screen."""
