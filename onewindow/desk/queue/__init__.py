"""What to do next: the day of a person, the load of a team."""
