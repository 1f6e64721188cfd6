"""Mails to patients: put into words, wrapped, and handed to a mail server."""
