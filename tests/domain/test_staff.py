import pytest

from app.domain.refusals import NotAllowed
from app.domain.staff import MAY, Permission, Role, Staff

OWNERS = {Permission.SETTINGS, Permission.STAFF, Permission.JOURNAL, Permission.FIGURES,
          Permission.EXPORT}  # fmt: skip


def somebody(role: Role, clinician_id: int | None = None, **others: bool) -> Staff:
    return Staff(id="x", name="X", email="x@example.org", role=role, clinician_id=clinician_id,
                 **others)  # type: ignore[arg-type]  # fmt: skip


def test_every_role_may_something_and_only_owners_run_the_clinic() -> None:
    assert set(MAY) == set(Role)
    for role in (Role.RECEPTION, Role.CLINICIAN):
        assert not MAY[role] & OWNERS
    assert MAY[Role.OWNER] >= OWNERS


def test_t12_health_words_are_the_treating_clinicians() -> None:
    rivera = somebody(Role.CLINICIAN, 1)

    assert rivera.treats(1)
    assert not rivera.treats(2)
    assert not somebody(Role.RECEPTION).treats(1)
    assert not somebody(Role.OWNER).treats(1)


def test_an_owner_who_treats_is_a_clinician_too_and_for_their_own_calendar() -> None:
    owner = somebody(Role.OWNER, 2)

    assert owner.roles == {Role.OWNER, Role.CLINICIAN}
    assert owner.treats(2)
    assert not owner.treats(1)


def test_a_clinician_sees_their_own_calendar_unless_allowed_more() -> None:
    assert somebody(Role.CLINICIAN, 1).sees(1)
    assert not somebody(Role.CLINICIAN, 1).sees(2)
    assert somebody(Role.CLINICIAN, 1, all_calendars=True).sees(2)
    assert somebody(Role.RECEPTION).sees(2)


def test_what_a_role_does_not_allow_is_refused() -> None:
    somebody(Role.OWNER).needs(Permission.STAFF)

    with pytest.raises(NotAllowed):
        somebody(Role.RECEPTION).needs(Permission.STAFF)
