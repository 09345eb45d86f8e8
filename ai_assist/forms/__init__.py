"""Is the input sane? One module a noun."""
