"""What programs that follow a calendar are given: whoever has the link is who it is for."""

from app.web.feeds.feed import blueprint

__all__ = ["blueprint"]
