"""Commands about documents of clients."""
