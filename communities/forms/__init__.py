"""Is the input sane? Forms validate and never save."""
