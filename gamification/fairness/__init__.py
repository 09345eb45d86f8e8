"""Patterns that look arranged: found, held and shown to a person. Nothing is taken back without one."""
