"""From an uploaded file to passages that can be found: the stages of a document, each of which can be begun again."""
