"""Who wants a look: silence, falling use, missed training."""
