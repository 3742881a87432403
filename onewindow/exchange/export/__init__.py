"""Tables that go out."""
