"""What people do: rights, rules and transactions. Both faces call it, and nothing here knows a screen."""
