"""Rows: the only floor that says SQL."""
