"""Screens about playbooks, plans and standards."""
