"""The local run: real PostgreSQL and Valkey out of wheels, and the supervisor; nothing here is used in production."""
