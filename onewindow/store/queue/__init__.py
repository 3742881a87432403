"""What somebody has to do, and what a team has."""
