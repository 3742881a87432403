"""One client whole: snapshot, card, panels, as text and JSON."""
