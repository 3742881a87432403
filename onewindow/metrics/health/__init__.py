"""How clients stand, in numbers."""
