"""A plausible load for measuring: many communities, members, posts and votes, written straight into the tables.

Everything follows from the number of posts and one seed, so two databases of a size hold the same.
"""

SEED = 1729
