from app.domain import desk_refusals, hours_refusals, proposal, refusals, staff_refusals, waiting
from app.web.refusals import STATUS, WORDS


def test_every_refusal_has_words() -> None:
    codes = {
        item.code
        for module in (refusals, desk_refusals, hours_refusals, staff_refusals, proposal, waiting)
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, refusals.Refused)
    }

    assert codes == set(WORDS)
    assert set(STATUS) <= codes
