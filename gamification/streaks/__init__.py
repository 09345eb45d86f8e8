"""Days, weeks and what is shown of them: worked out from activities, plans, pauses and moves, never stored."""
