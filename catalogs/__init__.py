"""The translations under `locale/`: what there is to say is taken from the source, and the catalogs are kept in step.

`python3 dev.py messages` runs it; `tests/config/test_catalogs.py` holds the catalogs complete.
"""
