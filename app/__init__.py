"""Foreword: an appointment book that explains before it books.  Start reading in app/factory.py."""
