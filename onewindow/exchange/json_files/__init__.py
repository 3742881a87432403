"""JSON in and out, in bounded memory."""
