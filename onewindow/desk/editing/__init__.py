"""Adding, changing, archiving records of any kind; drafts, catalogue, history. It knows no feature."""
