"""What is kept of sessions and no history: drafts, interruptions, presence; and the marks of a demo file."""
