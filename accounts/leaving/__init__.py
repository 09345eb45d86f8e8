"""Deleting one's account: closed at once, to be undone for two weeks, then nothing of the person is left."""
