"""Mails as they leave, and as mail servers take them or do not."""
