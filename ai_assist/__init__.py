"""Documents that members upload, and answers from them with the page they came from."""
