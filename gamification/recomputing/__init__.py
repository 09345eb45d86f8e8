"""Days, sums and scores of everybody, worked out anew from the ledger beside the ones that stand, and compared."""
