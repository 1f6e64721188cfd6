"""The clinic's rule for guides that stay unread, by its page."""

from flask import Flask

from app.domain.staff import Role
from app.services import clinic as clinics
from tests.staffing import Colleague

PAGE = "/staff/settings/unread"


def rule(site: Flask) -> tuple[str, int]:
    with site.app_context():
        house = clinics.load()
        return house.guide_rule, house.guide_days


def test_the_owner_chooses_and_the_journal_tells_it(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)
    assert 'value="tell" checked' in mira.get(PAGE).text

    answer = mira.post(PAGE, {"rule": "release", "days": "3", "seen": "tell-2"})

    assert "This counts from now on." in mira.follow(answer).text
    assert rule(site) == ("release", 3)
    assert (
        "chose what becomes of a visit whose guide stays unread" in mira.get("/staff/journal").text
    )


def test_what_makes_no_rule_is_refused_and_kept_on_the_page(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)
    mira.get(PAGE)

    for days in ("", "0", "15", "-1", "9" * 30, "two"):
        answer = mira.post(PAGE, {"rule": "release", "days": days, "seen": "tell-2"})
        assert answer.status_code == 422
        assert 'value="release" checked' in answer.text

    assert mira.post(PAGE, {"rule": "x", "days": "2", "seen": "tell-2"}).status_code == 422
    assert rule(site) == ("tell", 2)


def test_two_owners_at_once_do_not_overwrite_each_other(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)
    mira.get(PAGE)
    mira.post(PAGE, {"rule": "keep", "days": "2", "seen": "tell-2"})

    late = mira.post(PAGE, {"rule": "release", "days": "2", "seen": "tell-2"})

    assert late.status_code == 409
    assert 'name="seen" value="keep-2"' in late.text
    assert rule(site) == ("keep", 2)


def test_it_is_nobody_elses_page(site: Flask) -> None:
    assert Colleague(site).get(PAGE).status_code == 403
