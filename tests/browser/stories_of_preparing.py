"""Stories of the form before the visit."""

from collections.abc import Iterator

from tests.browser.patient import ALL, Patient
from tests.browser.story import story
from tests.services.previsit import FORM

PARTS = [part.id for part in FORM.parts]


@story(
    "patient/previsit/start",
    *(f"patient/previsit/part: {name}" for name in PARTS),
    "patient/previsit/part: to mend",
    "patient/previsit/start: done",
)
def telling_the_doctor_before_the_visit(patient: Patient) -> Iterator[str]:
    patient.book()
    patient.press("Tell your doctor some things now")
    patient.say_birth_date("4", "21", "1968")
    patient.go_on()
    yield "patient/previsit/start"
    patient.go_on()
    for name in PARTS:
        patient.find("main [type=checkbox]").evaluate_all(ALL)
        yield f"patient/previsit/part: {name}"
        patient.go_on()
    patient.press("Your life")
    patient.find("#goal").evaluate("goal => goal.removeAttribute('maxlength')")
    patient.write("goal", "long " * 300)
    patient.go_on()
    yield "patient/previsit/part: to mend"
    patient.write("goal", "To garden again")
    patient.go_on()
    patient.press("To all parts")
    patient.go_on()
    yield "patient/previsit/start: done"
