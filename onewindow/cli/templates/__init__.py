"""Commands about templates and scripts."""
