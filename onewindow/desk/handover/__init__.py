"""Taking a client over from sales, and handing one over to another owner."""
