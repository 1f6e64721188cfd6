"""Stories of people who work at the clinic."""

import secrets
from collections.abc import Iterator

from sqlalchemy import text

from app.domain.staff import Role
from app.services.joining import LinkKind
from tests.browser.colleague import (
    PASSWORD,
    app_code,
    give_factors,
    hire,
    link,
    sign_in,
    sign_out,
)
from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "reception/sign_in/sign_in",
    "reception/sign_in/sign_in: to mend",
    "reception/join/forgot",
    "reception/join/forgot: sent",
    "reception/outside/back",
    "reception/day/day",
    "errors/signed_out",
)
def coming_to_work(patient: Patient) -> Iterator[str]:
    patient.open("/staff/day")
    yield "reception/sign_in/sign_in"
    patient.write("email", "jo@example.org")
    patient.write("password", "not the right one")
    patient.go_on()
    yield "reception/sign_in/sign_in: to mend"
    patient.press("I do not know my password any more")
    yield "reception/join/forgot"
    patient.write("email", "jo@example.org")
    patient.go_on()
    yield "reception/join/forgot: sent"
    patient.open("/staff/sign-in")
    patient.find("a[href$='/outside']").click()
    yield "reception/outside/back"
    sign_in(patient)
    patient.open("/staff/day")
    yield "reception/day/day"
    sign_out(patient)
    patient.find(".top-links form button").click()
    yield "errors/signed_out"


@story(
    "reception/join/join",
    "reception/join/join: to mend",
    "reception/factor/choose",
    "reception/factor/app",
    "reception/factor/app: to mend",
    "reception/factor/codes",
    "reception/sign_in/second",
    "reception/sign_in/second: to mend",
)
def joining_the_clinic(patient: Patient) -> Iterator[str]:
    staff_id, address = hire(patient, Role.RECEPTION, name="Jo Brandt", password_hash=None)
    patient.open(link(patient, staff_id, LinkKind.INVITATION))
    yield "reception/join/join"
    patient.write("password", "passwordpassword")
    patient.go_on()
    yield "reception/join/join: to mend"
    patient.write("password", PASSWORD)
    patient.go_on()
    yield "reception/factor/choose"
    patient.go_on()
    yield "reception/factor/app"
    patient.write("code", "000000")
    patient.go_on()
    yield "reception/factor/app: to mend"
    patient.write("code", app_code(patient))
    patient.go_on()
    yield "reception/factor/codes"
    code = patient.find(".codes code").first.inner_text()
    sign_out(patient)
    patient.open("/staff/sign-in")
    patient.write("email", address)
    patient.write("password", PASSWORD)
    patient.go_on()
    yield "reception/sign_in/second"
    patient.write("code", "000000")
    patient.go_on()
    yield "reception/sign_in/second: to mend"
    patient.write("code", code)
    patient.go_on()


@story(
    "reception/me/me",
    "reception/me/password",
    "errors/prove",
    "errors/prove: to mend",
    "reception/me/me: another password",
)
def looking_after_ones_account(patient: Patient) -> Iterator[str]:
    staff_id = sign_in(patient)
    give_factors(patient, staff_id)
    with patient.house.book() as book:  # as if the last proof was a while ago
        book.execute(
            text("UPDATE staff_session SET proved_at = NULL WHERE staff_id = :id"), {"id": staff_id}
        )
    patient.open("/staff/me")
    yield "reception/me/me"
    patient.press("Choose another one")
    yield "reception/me/password"
    patient.write("password", "four words nobody has")
    patient.go_on()
    yield "errors/prove"
    patient.write("proof", "not the right one")
    patient.go_on()
    yield "errors/prove: to mend"
    patient.write("proof", PASSWORD)
    patient.go_on()
    patient.write("password", "four words nobody has")
    patient.go_on()
    yield "reception/me/me: another password"


@story("reception/me/me: a doctor's", "reception/me/me: invited by mail")
def wanting_ones_appointments_by_mail(patient: Patient) -> Iterator[str]:
    staff_id = sign_in(patient, Role.CLINICIAN, name="Dr Ana Rivera")
    give_factors(patient, staff_id)
    patient.open("/staff/me")
    yield "reception/me/me: a doctor's"
    invited = text("UPDATE clinician SET invited_id = :id WHERE id = 1")
    with patient.house.book() as book:  # behind the page, which would send some hundred mails
        book.execute(invited, {"id": staff_id})
    patient.open("/staff/me")
    yield "reception/me/me: invited by mail"
    with patient.house.book() as book:
        book.execute(invited, {"id": None})


@story(
    "reception/team/invite",
    "reception/team/invite: to mend",
    "reception/team/team",
    "reception/team/member",
    "reception/team/member: to mend",
    "errors/not_allowed",
)
def looking_after_the_staff(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/team/invite")
    yield "reception/team/invite"
    patient.write("email", "noor")
    patient.go_on()
    yield "reception/team/invite: to mend"
    patient.write("name", "Noor Haddad")
    patient.write("email", f"noor.{secrets.token_hex(4)}@example.org")
    patient.go_on()
    yield "reception/team/team"
    patient.find("main a").filter(has_text="Noor Haddad").first.click()
    yield "reception/team/member"
    patient.write("email", "noor")
    patient.press("Change the address")
    yield "reception/team/member: to mend"
    sign_in(patient, Role.RECEPTION)
    patient.open("/staff/team")
    yield "errors/not_allowed"


@story(
    "reception/handover/handover",
    "reception/handover/handover: to mend",
    "reception/handover/handover: left",
    "reception/handover/handover: done",
)
def handing_over(patient: Patient) -> Iterator[str]:
    patient.book(name="Maximiliana Theodora von Hohenstein-Papadopoulos")
    sign_in(patient)
    patient.open("/staff/handover")
    yield "reception/handover/handover"
    patient.go_on()
    yield "reception/handover/handover: to mend"
    patient.write("note", "HB-7K4-QM2 waits for a call about the time." + patient.email)
    patient.go_on()
    yield "reception/handover/handover: left"
    patient.find("main [name=id]").last.click()
    patient.find(".fold > summary").click()
    yield "reception/handover/handover: done"
