"""What happened to a request, and its clocks under the policy that counts."""
