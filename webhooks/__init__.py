"""Tells programs of others what happens in a community: each event is posted, signed, to addresses of its owners."""
