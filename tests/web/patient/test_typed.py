from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.web.patient import typed
from app.web.patient.typed import Mistyped

TODAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def page(site: Flask) -> Iterator[None]:
    with site.test_request_context():
        yield


@pytest.mark.parametrize(
    "name",
    ["Marian Hale", "O'Brien-Łukasz", "李小龍", "محمد بن سلمان", "می‌خواهم", "Nguyễn Thị Minh", "X",
     "Björk Guðmundsdóttir", "Jean-Luc D'Arcy 3rd", "{{7*7}}", "a" * 200],
)  # fmt: skip
def test_a_name_of_any_script_is_kept_as_it_is(name: str) -> None:
    assert typed.name(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["J. R. Smith", "J.R. Smith", "St. John", "O'Neil-Van der Berg", "José", "محمد بن سلمان",
     "د.محمد", "Sammy Davis Jr.", "Dr. med. Anna Berg", "M. 'Mo' Ali, Ph. D.", "Nº 5. Chanel",
     "Smith & Sons", "Anna #2", "Иван И. Петров", "Q.", "A.B.C."],
)  # fmt: skip
def test_a_name_with_full_stops_is_a_name(name: str) -> None:
    assert typed.name(name) == name


@pytest.mark.parametrize(
    "name",
    ["You won 1000 dollars, claim at https://evil.example/x before noon", "http://evil",
     "evil.com", "Evil.Com", "EVIL.COM", "Anna www.evil", "WWW. evil", "evil\uff0ecom", "evil。com",
     "evil｡com", "evil.\u200dcom", "evil\u200d.c\u200dom", "a@b", "a\uff20b", "mailto:a@b", "a/b",
     "//x", "ev.il/claim", "пример.рф", "evil.co", "x.evil.info y"],
)  # fmt: skip
def test_t16_a_name_that_leads_somewhere_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(Mistyped, match="leave a space after a full stop"):
        typed.name(name)


LETTERS = st.characters(categories=["Lu", "Ll", "Lo"])
WORD = st.text(LETTERS, min_size=1, max_size=8)
APART = st.sampled_from([" ", "-", "'", ". ", ", "])


@given(st.lists(st.tuples(WORD, APART), min_size=1, max_size=5))
def test_words_set_apart_are_always_a_name(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + apart for word, apart in parts)

    assert typed.name(text)


@given(before=WORD, after=st.text("abcxyzABCXYZéñжЖ", min_size=2, max_size=8), around=WORD)
def test_t16_a_dot_between_words_is_never_mailed(before: str, after: str, around: str) -> None:
    with pytest.raises(Mistyped):
        typed.name(f"{around} {before}.{after} {around}")


def test_a_name_is_kept_in_its_composed_form() -> None:
    assert typed.name("Bjo\u0308rk") == "Björk"


@pytest.mark.parametrize(
    "name", ["", "  ", "a\x00b", "a\r\nBcc: x", "a\u202eb", "a\u2066b", "a\x1bb", "a" * 201]
)
def test_t16_a_name_that_steers_breaks_or_says_nothing_is_refused(name: str) -> None:
    with pytest.raises(Mistyped):
        typed.name(name)


@pytest.mark.parametrize(
    "number", ["(865) 555-0178", "865.555.0178", "+1 865 555 0178", "1-865-555-0178", "8655550178"]
)
def test_a_phone_number_is_read_as_people_write_it(number: str) -> None:
    assert typed.phone(number, "US") == "+18655550178"


def test_a_number_of_another_country_is_taken() -> None:
    assert typed.phone("+44 20 7946 0018", "US") == "+442079460018"


@pytest.mark.parametrize("number", ["", "12", "call me", "865 555 0178 ext 5", "1" * 41, "\x00"])
def test_what_rings_nobody_is_refused(number: str) -> None:
    with pytest.raises(Mistyped):
        typed.phone(number, "US")


@pytest.mark.parametrize("text", ["4", "04", "April", "apr", "APR.", " april ", "٤"])
def test_a_month_is_a_number_or_a_name(text: str) -> None:
    assert typed.month(text, "en") == 4


@pytest.mark.parametrize("text", ["", "0", "13", "x", "-4", "4.5", "¼", "99999999999"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Mistyped):
        typed.month(text, "en")


@pytest.mark.parametrize("text", ["", "68", "1", "9999", "2028", "1800", "0001", "19680", "²⁰²⁰"])
def test_nobody_who_comes_was_born_in_such_a_year(text: str) -> None:
    with pytest.raises(Mistyped):
        typed.year(text, today=TODAY)


def test_a_year_has_four_digits() -> None:
    assert typed.year("1968", today=TODAY) == 1968


@pytest.mark.parametrize(
    ("address", "meant"),
    [("a@gmial.com", "a@gmail.com"), ("a@GAMIL.com", "a@gmail.com"), ("a@example.org", None)],
)
def test_t23_a_slip_in_a_well_known_domain_is_noticed(address: str, meant: str | None) -> None:
    assert typed.likely(address) == meant


@pytest.mark.parametrize("address", ["ü@example.org", "zoë.hale@example.org"])
def test_an_address_our_mail_cannot_carry_is_not_called_wrong(address: str) -> None:
    with pytest.raises(Mistyped, match=r"cannot write to an address with “[üë]” before the @"):
        typed.email(address)


@pytest.mark.parametrize("address", ["Zoë <zoe@example.org>", "a@b@example.org", "a@example"])
def test_what_is_no_address_is_called_so(address: str) -> None:
    with pytest.raises(Mistyped, match="This cannot be an e-mail address"):
        typed.email(address)


def test_an_address_at_a_domain_of_another_script_is_taken() -> None:
    assert typed.email("zoe@exämple.org") == "zoe@exämple.org"


@pytest.mark.parametrize("unseen", ["\u200b\u200b", "a\U000e0041b", ".", " - ", "\u2060"])
def test_a_name_that_nobody_can_see_is_asked_for_again(unseen: str) -> None:
    with pytest.raises(Mistyped):
        typed.name(unseen)


@pytest.mark.parametrize("name", ["می‌خواهم", "Zoë", "Nguyễn Thị", "X Æ A-12", "李"])
def test_names_of_many_scripts_are_names(name: str) -> None:
    assert typed.name(name)
