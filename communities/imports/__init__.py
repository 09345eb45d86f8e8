"""Bringing in what people wrote elsewhere, with their name, the licence and the way back to the original.

Nothing here is announced: what is imported tells nobody, and earns nothing.
"""
