import pytest

from app.content.common_passwords import is_common
from app.domain.password import check
from app.domain.refusals import Refused

NAMES = ("Harbor Clinic", "Jo Brandt", "jo.brandt@example.org")


def code(password: str) -> str | None:
    try:
        check(password, is_common=is_common, names=NAMES)
    except Refused as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet seals",
        "nur kleine buchstaben",
        "\N{SNOWMAN}\N{WHITE SMILING FACE}\N{BLACK STAR}" * 3 + "xyz",
        "x7" + "-long and longer " * 7 + "end",
        "harbor of seven quiet seals",
        "correct horse battery staple",
    ],
)
def test_t26_a_long_password_of_any_kind_is_taken(password: str) -> None:
    assert code(password) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "password_short"),
        ("", "password_short"),
        ("a" * 129, "password_long"),
        ("passwordpassword", "password_common"),
        ("Password12345!", "password_common"),
        ("PASS WORD 2027 2027", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("123456789012", "password_common"),
        ("qwertyuiopas", "password_common"),
        ("lkjhgfdsapoiuytrewq", "password_common"),
        ("\uff30assword\uff11234567", "password_common"),
        ("harborclinic2027", "password_own"),
        ("jo.brandt@example", "password_own"),
        ("clinic doctor spine", "password_own"),
    ],
)
def test_t26_what_is_tried_first_is_refused_with_its_reason(password: str, why: str) -> None:
    assert code(password) == why


def test_t26_ten_thousand_passwords_are_known() -> None:
    known = ("123456", "password", "letmein", "trustno1", "iloveyou", "dragon")

    assert all(is_common(one) for one in known)
    assert not is_common("sevenquietseals")
