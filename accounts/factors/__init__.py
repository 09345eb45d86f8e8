"""Second factors: an app that shows codes, recovery codes, passkeys; by way of allauth.mfa."""
