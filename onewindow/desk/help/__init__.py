"""The tour and the guide."""
