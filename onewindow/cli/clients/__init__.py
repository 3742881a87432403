"""Commands about clients, their people and what was promised to them."""
