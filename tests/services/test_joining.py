import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.refusals import Refused, SignInNeeded
from app.domain.staff import Staff
from app.domain.staff_refusals import LinkOver, PasswordShort, WrongPassword, WrongSignIn
from app.services import authenticator, factors, joining, letters, outbox, sign_in
from app.services.factors import Added
from app.services.joining import LASTS, LinkKind, Opened
from app.storage import models, staff_tokens
from app.storage.database import transaction
from app.storage.staff_sessions import StaffVisit
from tests.clinics import days
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.services.staff_at_work import DESK, half_way, signed_in, visit_of
from tests.staffing import CHEAP, PASSWORD, give_app, hire

NEW = "four words nobody has"


def token(who: Staff, kind: LinkKind) -> str:
    with transaction() as session:
        id_ = joining.issue(session, who.id, kind, now=MONDAY_8AM)
    return joining.path(id_, kind).rpartition("/")[2]


def opened(who: Staff, kind: LinkKind) -> Opened:
    return joining.opened(token(who, kind), now=MONDAY_8AM)


def choose(link: Opened, password: str = NEW) -> str | None:
    return joining.choose_password(link, password, origin=DESK, passwords=CHEAP, now=MONDAY_8AM)


def take_app(visit: StaffVisit) -> Added:
    seed = authenticator.new_seed()
    code = authenticator.code_at(seed, now=MONDAY_8AM)
    return factors.add_app(visit, seed, code, origin=DESK, now=MONDAY_8AM)


@pytest.fixture
def newcomer(app: Flask) -> Staff:
    return hire(joined_at=None, password_hash=None, password_at=None)


@pytest.fixture
def jo(app: Flask) -> Staff:
    who = hire()
    give_app(who)
    return who


def refused(pressing: object, *args: object, **kwargs: object) -> str:
    try:
        pressing(*args, **kwargs)  # type: ignore[operator]  # whatever is pressed
    except Refused as refusal:
        return refusal.code
    return ""


def test_an_invitation_leads_to_a_password_and_a_second_factor(newcomer: Staff) -> None:
    link = opened(newcomer, LinkKind.INVITATION)

    visit = visit_of(choose(link) or "")
    added = take_app(visit)

    assert visit.passed_at is None
    assert visit_of(added.handle or "").passed_at == MONDAY_8AM
    assert len(set(added.codes)) == 10


def test_t34_an_invitation_works_once(newcomer: Staff) -> None:
    text = token(newcomer, LinkKind.INVITATION)
    link = joining.opened(text, now=MONDAY_8AM)
    take_app(visit_of(choose(link) or ""))

    assert refused(joining.opened, text, now=MONDAY_8AM) == "link_over"
    assert refused(choose, link, PASSWORD) == "link_over"


def test_t34_of_two_who_took_one_invitation_one_comes_in(newcomer: Staff) -> None:
    link = opened(newcomer, LinkKind.INVITATION)
    thief = visit_of(choose(link) or "")
    first = visit_of(choose(link, PASSWORD) or "")
    take_app(first)

    with pytest.raises((LinkOver, SignInNeeded)):
        take_app(thief)


def test_a_password_without_the_second_factor_lets_nobody_in(newcomer: Staff) -> None:
    choose(opened(newcomer, LinkKind.INVITATION))

    with pytest.raises(WrongSignIn):
        sign_in.begin(newcomer.email, NEW, origin=DESK, passwords=CHEAP, now=MONDAY_8AM)


@pytest.mark.parametrize("kind", LinkKind)
def test_t31_a_link_ends_after_its_time(jo: Staff, kind: LinkKind) -> None:
    text = token(jo, kind)
    over = MONDAY_8AM + LASTS[kind] + days(1 / 86400)

    assert joining.opened(text, now=MONDAY_8AM + LASTS[kind]).kind == kind
    assert refused(joining.opened, text, now=over) == "link_over"


def test_t31_the_lives_of_links_are_short() -> None:
    minutes = {kind: lasts.total_seconds() / 60 for kind, lasts in LASTS.items()}

    assert minutes == {"reset": 30, "recovery": 30, "renewal": 72 * 60, "invitation": 72 * 60}


def test_t31_a_newer_link_ends_the_older(jo: Staff) -> None:
    old = token(jo, LinkKind.RESET)
    token(jo, LinkKind.RESET)

    assert refused(joining.opened, old, now=MONDAY_8AM) == "link_over"


def test_t31_a_reset_never_skips_the_second_factor_and_ends_every_session(jo: Staff) -> None:
    here = signed_in(jo)

    handle = choose(opened(jo, LinkKind.RESET))

    assert handle is None
    assert rows(models.StaffSession, models.StaffSession.id == here.id) == []
    assert len(factors.listing(jo)) == 1
    again = sign_in.begin(jo.email, NEW, origin=DESK, passwords=CHEAP, now=MONDAY_8AM)
    assert visit_of(again).passed_at is None
    with pytest.raises(WrongSignIn):
        half_way(jo)  # with the old one


def test_t31_a_reset_works_once(jo: Staff) -> None:
    link = opened(jo, LinkKind.RESET)
    choose(link)

    with pytest.raises(LinkOver):
        choose(link, PASSWORD)


def test_t31_asking_for_a_reset_writes_the_same_for_everybody(jo: Staff) -> None:
    joining.ask_reset(jo.email, now=MONDAY_8AM)
    joining.ask_reset("nobody@example.org", now=MONDAY_8AM)

    mails, tokens = rows(models.Mail), rows(models.StaffToken)
    assert [mail.kind for mail in mails] == [LetterKind.STAFF_RESET] * 2
    assert {row.staff_id for row in tokens} == {jo.id, None}
    said = [letters.letter(mail.id, base_url="https://book.harbor.example",
                           emergency_number="911", now=MONDAY_8AM) for mail in mails]  # fmt: skip
    assert [one.recipient_address for one in said if one] == [jo.email]
    assert all(
        one.link.startswith("https://book.harbor.example/staff/join/") for one in said if one
    )


def test_t31_three_resets_a_day_are_written_and_no_more(jo: Staff) -> None:
    for _ in range(5):
        joining.ask_reset(jo.email, now=MONDAY_8AM)

    assert len(outbox.listing()) == 3


def test_t31_the_mail_of_a_used_link_is_withdrawn(jo: Staff) -> None:
    joining.ask_reset(jo.email, now=MONDAY_8AM)
    (mail,) = rows(models.Mail)
    with transaction() as session:
        staff_tokens.drop_all(session, jo.id)

    said = letters.letter(mail.id, base_url="x", emergency_number="911", now=MONDAY_8AM)

    assert said is None


def test_t28_a_renewal_asks_for_the_password_and_takes_the_old_factors_away(jo: Staff) -> None:
    link = opened(jo, LinkKind.RENEWAL)
    with pytest.raises(WrongPassword):
        joining.give_password(link, NEW, origin=DESK, passwords=CHEAP, now=MONDAY_8AM)

    handle = joining.give_password(link, PASSWORD, origin=DESK, passwords=CHEAP, now=MONDAY_8AM)
    before = {one.id for one in factors.listing(jo)}
    take_app(visit_of(handle))

    (after,) = factors.listing(jo)
    assert after.id not in before
    assert [mail.kind for mail in rows(models.Mail)] == [LetterKind.STAFF_CHANGED]


@pytest.mark.parametrize(
    "text", ["", ".", "x.y", "a" * 20 + "." + "a" * 26, "\0", "é.é", "a" * 9999]
)
def test_t31_what_is_no_link_is_refused_like_an_old_one(jo: Staff, text: str) -> None:
    assert refused(joining.opened, text, now=MONDAY_8AM) == "link_over"


def test_t34_a_link_of_one_kind_is_none_of_another(jo: Staff) -> None:
    with transaction() as session:
        id_ = joining.issue(session, jo.id, LinkKind.RENEWAL, now=MONDAY_8AM)
    forged = joining.path(id_, LinkKind.RECOVERY).rpartition("/")[2]

    assert refused(joining.opened, forged, now=MONDAY_8AM) == "link_over"


def test_t31_nothing_kept_opens_a_link(jo: Staff) -> None:
    text = token(jo, LinkKind.RESET)
    (kept,) = rows(models.StaffToken)

    assert text.partition(".")[2] not in str(vars(kept))


def test_t26_a_weak_password_is_refused_and_the_link_stays(newcomer: Staff) -> None:
    link = opened(newcomer, LinkKind.INVITATION)

    with pytest.raises(PasswordShort):
        choose(link, "short")

    assert choose(link) is not None


def test_whoever_left_has_no_link(jo: Staff) -> None:
    link = opened(jo, LinkKind.RESET)
    with transaction() as session:
        account = session.get_one(models.StaffAccount, jo.id)
        account.left_at = MONDAY_8AM

    with pytest.raises(LinkOver):
        choose(link)
