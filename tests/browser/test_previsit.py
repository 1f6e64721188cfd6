"""The body map is worked by keyboard and by touch, and its list says the same."""

from tests.browser.patient import Patient

FOCUSED = "selector => document.activeElement.matches(selector)"
PLACE = "input[name=map][value={}]"


def to_the_map(patient: Patient) -> str:
    """Book, give the birth date and open the map; return its path."""
    reference = patient.book()
    patient.press("Tell your doctor some things now")
    patient.say_birth_date("4", "21", "1968")
    patient.go_on()
    path = f"/appointment/{reference}/prepare/where"
    patient.open(path)
    return path


def marked(patient: Patient) -> list[str]:
    found: list[str] = patient.find("input[name=map]:checked").evaluate_all(
        "all => all.map(one => one.value)"
    )
    return found


def test_the_body_is_marked_with_tab_and_space(patient: Patient) -> None:
    path = to_the_map(patient)
    keys = patient.page.keyboard
    patient.find(PLACE.format("neck_left")).focus()
    for _ in range(4):
        keys.press("Tab")
    assert patient.page.evaluate(FOCUSED, PLACE.format("low_left"))

    keys.press("Space")
    patient.go_on()
    patient.open(path)

    assert marked(patient) == ["low_left"]


def test_a_line_of_the_list_and_its_place_on_the_body_are_one(patient: Patient) -> None:
    to_the_map(patient)

    patient.page.get_by_text("Left leg, back, below the knee", exact=True).click()
    patient.find(PLACE.format("shin_right")).click()
    assert marked(patient) == ["calf_left", "shin_right"]

    patient.find(PLACE.format("calf_left")).click()
    assert marked(patient) == ["shin_right"]
    assert patient.find("input[name=map]").count() == 14
    names = patient.page.get_by_role("checkbox", name="Right leg, front, below the knee")
    assert names.count() == 1


def test_left_on_the_picture_is_left_in_the_list(patient: Patient) -> None:
    to_the_map(patient)

    def across(value: str) -> float:
        box = patient.find(PLACE.format(value)).bounding_box()
        assert box is not None
        return box["x"]

    assert across("low_left") < across("low_right")  # from behind, as the person sees it
    assert across("shin_left") > across("shin_right")  # from the front it is the other way
