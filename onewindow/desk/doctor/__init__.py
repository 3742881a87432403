"""Examination of terminal, machine and file; rebuilding and rescue."""
