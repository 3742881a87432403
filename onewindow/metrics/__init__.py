"""Every number of the product: pure functions, values in and frozen results out, no clock and no database."""
