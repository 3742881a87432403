"""What screens are made of: lists, panels, bars and forms that know no store and no record."""
