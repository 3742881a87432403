"""Colleagues: absences, cover, departments, who takes what."""
