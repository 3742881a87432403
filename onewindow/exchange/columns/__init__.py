"""How the cells of a column write dates, numbers and lengths of time."""
