"""SLA clocks and what they come to."""
