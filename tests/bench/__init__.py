"""The speed budget, measured: `python -m tests.bench` writes docs/performance.md."""
