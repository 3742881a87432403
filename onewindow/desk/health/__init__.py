"""How clients stand: score, weights, weeks."""
