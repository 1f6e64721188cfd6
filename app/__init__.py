"""Foreword: an appointment book that explains before it books.  Start reading in app/factory.py."""

from zoneinfo import reset_tzpath

reset_tzpath(to=())  # zones come from the package locked with us, not from whichever system this is
