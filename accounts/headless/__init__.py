"""Programs that sign in: short access tokens, and refresh tokens that are good once."""
