"""The demo: six communities of real content and one private, for looking around on one's own machine.

The texts are files beside this one, in the format that `threads.py` reads.
"""

ACCOUNTS = ("ada", "mina", "otto")
"""The members to try it with: at home everywhere, owner of a community, staff."""

PASSWORD = "cairn-demo"
