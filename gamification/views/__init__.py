"""What a member sees of all this, and what they choose about it."""
