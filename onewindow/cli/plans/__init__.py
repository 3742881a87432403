"""Commands about playbooks, plans and standards."""
