"""One page of a document as people read it: its blocks or its picture, and where on it a passage stands."""
