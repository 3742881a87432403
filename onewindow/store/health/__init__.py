"""What the records say of health, and how it stood week by week."""
