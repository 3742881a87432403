"""Offers: drafted from what is known of a client, decided by a lead beyond the class, answered."""
