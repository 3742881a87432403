"""Surveys as the client sees them: questions with their marks in words, pages to fill in, replies."""
