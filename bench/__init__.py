"""Measures what pages cost, as docs/performance.md tells it: `python3 dev.py bench`."""
