"""Finding posts and answers by their words, and by what is known of them."""
