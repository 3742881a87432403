"""The filter language of segments, audiences and lists: its words, what they ask of clients, names in it."""
