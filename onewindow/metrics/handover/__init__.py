"""How complete handovers are, and how well they go."""
