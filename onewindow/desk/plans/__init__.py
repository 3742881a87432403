"""Playbooks, plans and standards as they are worked through."""
