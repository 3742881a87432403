"""Commands about messages to clients and the outbox."""
