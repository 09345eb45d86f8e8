"""From passages to an answer in which each sentence leads to its page; or to the word that nothing was found."""
