"""Reports over the requests of a period."""
