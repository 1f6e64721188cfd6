from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from app import domain
from app.domain.refusals import Refused
from app.web.refusals import STATUS, WORDS


def refusals() -> Iterator[type[Refused]]:
    """Yield every refusal that a room of the domain names."""
    for room in iter_modules(domain.__path__, f"{domain.__name__}."):
        for item in vars(import_module(room.name)).values():
            if isinstance(item, type) and issubclass(item, Refused):
                yield item


def test_every_refusal_has_words() -> None:
    codes = {refusal.code for refusal in refusals()}

    assert codes == set(WORDS)
    assert set(STATUS) <= codes
