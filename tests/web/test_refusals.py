from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from app import domain
from app.domain.refusals import Refused
from app.web.refusals import STATUS, WORDS


def refusals(base: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Give every refusal of the house, in whatever room of the domain it stands."""
    for one in base.__subclasses__():
        if one.__module__.startswith("app."):
            yield one
            yield from refusals(one)


def test_every_refusal_has_words() -> None:
    for module in iter_modules(domain.__path__, "app.domain."):
        import_module(module.name)

    codes = {one.code for one in refusals()} | {Refused.code}

    assert codes == set(WORDS)
    assert set(STATUS) <= codes
