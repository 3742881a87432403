"""Surveys: all of them with what they came to, and answers heard on the telephone."""
