"""What members did for each other, as points: earned through a ledger, explained, and undone with its cause."""
