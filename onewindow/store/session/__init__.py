"""What one person has open: drafts, interruptions, presence."""
