"""Commands that print the queues: today and the team."""
