"""The primer's files, read and filled: pages, questions, figures, the safety check."""
