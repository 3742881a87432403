"""Playbooks, plans and standards."""
