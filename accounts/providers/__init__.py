"""Signing in with what a provider says of somebody: Google, GitHub, any that speaks OpenID Connect."""
