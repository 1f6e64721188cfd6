from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.refusals import NotAllowed, NotYours, Refused
from app.domain.staff import Role, Staff
from app.domain.staff_refusals import AddressTaken, CalendarNeeded, LastOwner, NotOneself
from app.services import desk_hours, factors, members, staff_rescue, staff_session, team
from app.services.team import Newcomer, Place
from app.storage import models
from tests.clinics import OKAFOR, RIVERA
from tests.conftest import MONDAY_8AM
from tests.services.looking import everything, rows
from tests.services.staff_at_work import signed_in
from tests.staffing import give_app, hire

RECEPTION = Place(role=Role.RECEPTION)
TO_OWNER = Place(role=Role.OWNER)


def newcomer(email: str = "new@example.org", place: Place = RECEPTION) -> Newcomer:
    return Newcomer(email=email, name="Noor Haddad", language="en", place=place)


@pytest.fixture
def mira(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Mira Castellan")


@pytest.fixture
def jo(app: Flask) -> Staff:
    who = hire()
    give_app(who)
    return who


def account(who: Staff) -> models.StaffAccount:
    (row,) = rows(models.StaffAccount, models.StaffAccount.id == who.id)
    found: models.StaffAccount = row
    return found


def mails() -> list[tuple[str, str | None]]:
    return [(mail.kind, mail.staff_id) for mail in rows(models.Mail)]


USES: list[Callable[[Staff, Staff], object]] = [
    lambda actor, _: members.listing(actor),
    lambda actor, other: members.find(actor, other.id),
    lambda actor, _: team.invite(actor, newcomer(), now=MONDAY_8AM),
    lambda actor, other: team.invite_again(actor, other.id, now=MONDAY_8AM),
    lambda actor, other: team.change_place(actor, other.id, TO_OWNER, now=MONDAY_8AM),
    lambda actor, other: team.change_email(actor, other.id, "x@example.org", now=MONDAY_8AM),
    lambda actor, other: team.let_go(actor, other.id, now=MONDAY_8AM),
    lambda actor, other: team.end_sessions(actor, other.id, now=MONDAY_8AM),
    lambda actor, other: team.renew_factor(actor, other.id, now=MONDAY_8AM),
    lambda actor, _: desk_hours.choose(actor, "480", now=MONDAY_8AM),
]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN])
def test_t34_only_an_owner_looks_after_the_staff(jo: Staff, role: Role) -> None:
    actor = hire(role)
    before = everything()

    for use in USES:
        with pytest.raises(NotAllowed):
            use(actor, jo)

    assert everything() == before


def test_somebody_invited_has_an_account_that_opens_nothing_yet(mira: Staff) -> None:
    team.invite(mira, newcomer(), now=MONDAY_8AM)

    new = next(one for one in members.listing(mira) if one.email == "new@example.org")
    assert (new.role, new.joined_at) == (Role.RECEPTION, None)
    assert mails() == [(LetterKind.STAFF_INVITED, new.id)]


def test_t34_an_invitation_touches_nobody_who_is_there_or_was(mira: Staff, jo: Staff) -> None:
    team.let_go(mira, jo.id, now=MONDAY_8AM)
    before = everything()

    for address in (jo.email, jo.email.upper(), mira.email):
        with pytest.raises(AddressTaken):
            team.invite(mira, newcomer(address, TO_OWNER), now=MONDAY_8AM)

    assert everything() == before


@pytest.mark.parametrize("calendar", [None, 77])
def test_a_clinician_has_a_calendar_that_is_there(mira: Staff, calendar: int | None) -> None:
    place = Place(role=Role.CLINICIAN, clinician_id=calendar)

    with pytest.raises(CalendarNeeded):
        team.invite(mira, newcomer(place=place), now=MONDAY_8AM)


def test_reception_has_no_calendar_and_only_clinicians_are_allowed_more(mira: Staff) -> None:
    place = Place(role=Role.RECEPTION, clinician_id=RIVERA, all_calendars=True)

    team.invite(mira, newcomer(place=place), now=MONDAY_8AM)

    (new,) = rows(models.StaffAccount, models.StaffAccount.email == "new@example.org")
    assert (new.clinician_id, new.all_calendars) == (None, False)


def test_t34_another_role_ends_the_sessions_and_is_journalled_and_mailed(
    mira: Staff, jo: Staff
) -> None:
    signed_in(jo)

    team.change_place(mira, jo.id, Place(role=Role.CLINICIAN, clinician_id=OKAFOR), now=MONDAY_8AM)

    assert (account(jo).role, account(jo).clinician_id) == (Role.CLINICIAN, OKAFOR)
    assert rows(models.StaffSession) == []
    assert mails() == [(LetterKind.STAFF_CHANGED, jo.id)]
    (line,) = rows(models.JournalEntry)
    assert (line.actor, line.verb) == (mira.signature, "staff_role")
    assert line.change["before"]["role"] == "reception"
    assert line.change["after"]["role"] == "clinician"


def test_the_same_role_again_changes_nothing(mira: Staff, jo: Staff) -> None:
    signed_in(jo)
    before = everything()

    team.change_place(mira, jo.id, RECEPTION, now=MONDAY_8AM)

    assert everything() == before


@pytest.mark.parametrize("use", [USES[4], USES[6], USES[8]])
def test_t34_nobody_edits_their_own_role_or_account(
    mira: Staff, use: Callable[[Staff, Staff], object]
) -> None:
    hire(Role.OWNER)
    before = everything()

    with pytest.raises(NotOneself):
        use(mira, mira)

    assert everything() == before


def test_t34_the_last_owner_stays(mira: Staff) -> None:
    invited = hire(Role.OWNER, joined_at=None)
    gone = hire(Role.OWNER, left_at=MONDAY_8AM)

    for actor in (invited, gone):
        for use in (team.let_go, lambda a, i, now: team.change_place(a, i, RECEPTION, now=now)):
            with pytest.raises(LastOwner):
                use(actor, mira.id, now=MONDAY_8AM)


def test_of_two_owners_one_can_leave(mira: Staff) -> None:
    other = hire(Role.OWNER)

    team.let_go(mira, other.id, now=MONDAY_8AM)

    assert account(other).left_at == MONDAY_8AM


def test_t13_whoever_leaves_is_out_and_their_secrets_are_forgotten(mira: Staff, jo: Staff) -> None:
    visit = signed_in(jo)

    team.let_go(mira, jo.id, now=MONDAY_8AM)

    assert rows(models.StaffSession, models.StaffSession.id == visit.id) == []
    assert factors.listing(jo) == []
    kept = account(jo)
    assert (kept.password_hash, kept.name) == (None, jo.name)


def test_whoever_left_comes_back_by_an_invitation(mira: Staff, jo: Staff) -> None:
    team.let_go(mira, jo.id, now=MONDAY_8AM)

    team.invite_again(mira, jo.id, now=MONDAY_8AM)

    kept = account(jo)
    assert (kept.left_at, kept.joined_at, kept.password_hash) == (None, None, None)
    assert mails() == [(LetterKind.STAFF_INVITED, jo.id)]


def test_t34_whoever_is_at_work_is_not_invited_again(mira: Staff, jo: Staff) -> None:
    with pytest.raises(NotYours):
        team.invite_again(mira, jo.id, now=MONDAY_8AM)


def test_t28_an_owner_takes_a_factor_away_and_both_hear_of_it(mira: Staff, jo: Staff) -> None:
    before = account(jo).password_hash

    team.renew_factor(mira, jo.id, now=MONDAY_8AM)

    assert factors.listing(jo) == []
    assert account(jo).password_hash == before
    assert mails() == [
        (LetterKind.STAFF_RENEWED, jo.id),
        (LetterKind.STAFF_FACTOR_TAKEN, mira.id),
    ]


def test_t31_another_address_is_told_to_both_and_ends_the_links(mira: Staff, jo: Staff) -> None:
    team.renew_factor(mira, jo.id, now=MONDAY_8AM)

    team.change_email(mira, jo.id, "jo.brandt@example.org", now=MONDAY_8AM)

    assert account(jo).email == "jo.brandt@example.org"
    assert rows(models.StaffToken) == []
    told = rows(models.Mail, models.Mail.kind == LetterKind.STAFF_CHANGED)
    assert [mail.recipient is None for mail in told] == [True, False]
    assert jo.email not in str([vars(mail) for mail in told])


def test_an_address_of_somebody_else_is_refused(mira: Staff, jo: Staff) -> None:
    with pytest.raises(AddressTaken):
        team.change_email(mira, jo.id, mira.email.title(), now=MONDAY_8AM)


def test_unknown_people_are_nobodys(mira: Staff) -> None:
    for use in USES[3:9]:
        with pytest.raises(NotYours):
            use(mira, Staff(id="nobody", name="", email="", role=Role.RECEPTION))


def test_reception_rests_as_long_as_the_owner_says(mira: Staff) -> None:
    desk_hours.choose(mira, "480", now=MONDAY_8AM)
    with pytest.raises(Refused):
        desk_hours.choose(mira, "100000", now=MONDAY_8AM)

    assert desk_hours.minutes() == 480
    assert staff_session.idle(signed_in(hire())).total_seconds() == 8 * 3600


def test_whoever_runs_the_machine_signs_people_out(jo: Staff, mira: Staff) -> None:
    signed_in(jo)
    signed_in(mira)

    one = staff_rescue.sign_out(jo.email.upper(), now=MONDAY_8AM)
    left = [row.staff_id for row in rows(models.StaffSession)]
    nobody = staff_rescue.sign_out("nobody@example.org", now=MONDAY_8AM)
    everybody = staff_rescue.sign_out(None, now=MONDAY_8AM)

    assert (one, left, nobody, everybody) == (1, [mira.id], 0, 2)
    assert rows(models.StaffSession) == []
