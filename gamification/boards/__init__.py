"""Leaderboards: scores, ranks, and the goal of a community."""
