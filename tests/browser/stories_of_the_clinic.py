"""Stories of who owns the clinic: what was done, and how it is set up."""

from collections.abc import Iterator

from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story


@story(
    "reception/journal/journal",
    "reception/journal/journal: to mend",
    "reception/journal/looks",
)
def asking_who_changed_what(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open(f"/staff/day?date={next_monday()}")
    patient.find(".tile").first.click()
    patient.open("/staff/journal")
    yield "reception/journal/journal"
    patient.open("/staff/journal?from=2027-03-05&until=2027-03-01")
    yield "reception/journal/journal: to mend"
    patient.open("/staff/journal/looks")
    yield "reception/journal/looks"


@story(
    "reception/settings/settings",
    "reception/clinic/clinic",
    "reception/clinic/clinic: looked at first",
    "reception/clinic/clinic: to mend",
    "reception/clinic/clinic: a law that cannot be shown",
)
def setting_up_the_clinic(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/settings")
    yield "reception/settings/settings"
    patient.open("/staff/settings/clinic")
    yield "reception/clinic/clinic"
    patient.write("brand_hue", "210")
    patient.press("Look at it first")
    yield "reception/clinic/clinic: looked at first"
    patient.write("brand_hue", "999")
    patient.go_on()
    yield "reception/clinic/clinic: to mend"
    patient.open("/staff/settings/clinic")
    patient.find("select[name=jurisdiction]").select_option("uk")
    patient.go_on()
    yield "reception/clinic/clinic: a law that cannot be shown"


@story(
    "reception/doctors/doctors",
    "reception/doctors/new",
    "reception/doctors/new: to mend",
    "reception/doctors/doctor",
    "reception/doctors/doctor: appointments still to come",
)
def looking_after_the_doctors(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/settings/doctors")
    yield "reception/doctors/doctors"
    patient.open("/staff/settings/doctors/new")
    yield "reception/doctors/new"
    patient.go_on()
    yield "reception/doctors/new: to mend"
    patient.open("/staff/settings/doctors/1")
    yield "reception/doctors/doctor"
    patient.find("input[name=active]").uncheck()
    patient.go_on()
    yield "reception/doctors/doctor: appointments still to come"


@story(
    "reception/visit_types/visit_types",
    "reception/visit_types/new",
    "reception/visit_types/new: to mend",
    "reception/visit_types/visit_type",
)
def looking_after_what_can_be_booked(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/settings/visit-types")
    yield "reception/visit_types/visit_types"
    patient.open("/staff/settings/visit-types/new")
    yield "reception/visit_types/new"
    patient.write("minutes", "7")
    patient.go_on()
    yield "reception/visit_types/new: to mend"
    patient.open("/staff/settings/visit-types/1")
    yield "reception/visit_types/visit_type"


@story(
    "reception/places/places",
    "reception/places/new",
    "reception/places/new: to mend",
    "reception/places/place",
    "reception/places/place: appointments still to come",
)
def looking_after_the_places(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/settings/places")
    yield "reception/places/places"
    patient.open("/staff/settings/places/new")
    yield "reception/places/new"
    patient.go_on()
    yield "reception/places/new: to mend"
    patient.open("/staff/settings/places/1")
    yield "reception/places/place"
    patient.find("select[name=zone]").select_option("America/Chicago")
    patient.go_on()
    yield "reception/places/place: appointments still to come"


@story(
    "reception/guide/guide",
    "reception/guide/guide: to mend",
    "reception/guide/figures",
    "reception/guide/difference",
)
def looking_after_the_guide(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/settings/guide")
    yield "reception/guide/guide"
    patient.go_on()
    yield "reception/guide/guide: to mend"
    patient.open("/staff/settings/guide/figures")
    yield "reception/guide/figures"
    patient.open("/staff/settings/guide/difference/2026-11-21/2026-11-21")
    yield "reception/guide/difference"
