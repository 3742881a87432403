"""The seen face: one file a screen, in packages named as those of the desk."""
