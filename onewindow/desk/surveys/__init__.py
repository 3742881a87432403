"""Surveys: their questions and answers, what they came to, who follows a low mark."""
