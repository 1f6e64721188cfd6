"""Ways through the site that together show every page in every state."""

from collections.abc import Iterator

from app.clock import system_clock
from tests.browser import (
    stories_of_being_busy,
    stories_of_booking,
    stories_of_booking_at_the_desk,
    stories_of_calendars,
    stories_of_devices,
    stories_of_hours,
    stories_of_paper,
    stories_of_preparing,
    stories_of_reading,
    stories_of_replies,
    stories_of_settling,
    stories_of_staff,
    stories_of_the_clinic,
    stories_of_the_day,
    stories_of_the_record,
    stories_of_waiting,
)
from tests.browser.patient import Patient
from tests.browser.story import STORIES, story

__all__ = [
    "STORIES",
    "stories_of_being_busy",
    "stories_of_booking",
    "stories_of_booking_at_the_desk",
    "stories_of_calendars",
    "stories_of_devices",
    "stories_of_hours",
    "stories_of_paper",
    "stories_of_preparing",
    "stories_of_reading",
    "stories_of_replies",
    "stories_of_settling",
    "stories_of_staff",
    "stories_of_the_clinic",
    "stories_of_the_day",
    "stories_of_the_record",
    "stories_of_waiting",
]


@story(
    "patient/about/about",
    "patient/about/data",
    "errors/not_found",
    "errors/session_ended",
    "errors/visit_ended",
    "patient/booking/details: by phone only",
    "errors/too_large",
)
def what_is_said_and_what_goes_wrong(patient: Patient) -> Iterator[str]:
    patient.open("/about")
    yield "patient/about/about"
    patient.open("/your-data")
    yield "patient/about/data"
    patient.open("/a/abc.def")
    yield "errors/not_found"
    patient.open("/find")
    patient.page.context.clear_cookies()
    patient.go_on()
    yield "errors/session_ended"
    patient.be_safe("primer")
    patient.page.context.clear_cookies()
    patient.go_on()
    yield "errors/visit_ended"
    patient.be_safe()
    patient.keep_time()
    patient.say_who(bday_year=str(system_clock().year - 10))
    patient.go_on()
    yield "patient/booking/details: by phone only"
    patient.say_who()
    patient.write_too_much("question", "long " * 20_000)
    patient.go_on()
    yield "errors/too_large"
