"""The faces on the web: one package an audience, and what they share."""
