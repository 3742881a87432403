"""Walking a portfolio in order of risk."""
