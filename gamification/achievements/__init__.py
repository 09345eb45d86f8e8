"""Achievements: what there is to reach, who reached it, and what of it a member shows."""
