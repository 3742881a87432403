"""What cells of any table say: countries, names, zones, nothing."""
