"""One Window: a keyboard-driven terminal workstation for people who look after clients."""
