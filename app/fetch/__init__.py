"""Fetching calendars from servers of strangers: the worker's alone, never within a request."""
