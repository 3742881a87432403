"""Invitations to surveys, and the replies that come back."""
