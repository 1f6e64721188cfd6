"""Calendar bytes: what every calendar program must be able to read."""
