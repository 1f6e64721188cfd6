"""What a caller says is understood in the forms that people use."""

from datetime import date

import pytest

from app.domain.desk_refusals import TooMuchTyped, TooVague
from app.domain.finding import Sought, folded
from app.web.reception import sought

BORN = date(1968, 4, 21)


def read(typed: str, country: str = "US", language: str = "en") -> Sought:
    today = date(2027, 3, 1)
    return sought.read(typed, prefix="HB", country=country, language=language, today=today)


@pytest.mark.parametrize(
    "typed",
    ["1968-04-21", "4/21/1968", "04/21/68", "21.4.1968", "21. April 1968", "April 21, 1968",
     "apr 21 1968", "21 Apr 68", "19680421", "04211968", " 4 / 21 / 1968 "],
)  # fmt: skip
def test_a_birth_date_is_read_in_the_forms_of_the_country(typed: str) -> None:
    assert read(typed).births == (BORN,)


@pytest.mark.parametrize("typed", ["21/4/1968", "21-4-1968", "21041968", "21 4 68"])
def test_elsewhere_the_day_comes_first(typed: str) -> None:
    assert read(typed, country="GB").births == (BORN,)


def test_a_month_is_read_in_the_language_of_the_page() -> None:
    assert read("21 abril 1968", language="es").births == (BORN,)


def test_two_digits_mean_a_year_that_was() -> None:
    assert read("1/2/27").births == (date(2027, 1, 2),)
    assert read("1/2/28").births == (date(1928, 1, 2),)


@pytest.mark.parametrize("typed", ["(865) 555-0178", "865.555.0178", "8 65 55 50 17 8"])
def test_a_number_is_read_with_any_spacing(typed: str) -> None:
    assert read(typed).digits == "8655550178"


def test_the_last_four_digits_are_enough_and_nought_is_one_of_them() -> None:
    assert read("0178").digits == "0178"
    assert read("020 7946 0018").digits == "2079460018"


@pytest.mark.parametrize("typed", ["HB-7K4-QM2", "hb7k4qm2", "7k4 qm2", "7K4-QM2", "hb 7k4 qm2"])
def test_a_reference_is_read_however_it_is_grouped(typed: str) -> None:
    assert "HB-7K4-QM2" in read(typed).references


def test_a_name_is_read_without_accents_signs_and_capitals() -> None:
    assert read("InÊS o\N{RIGHT SINGLE QUOTATION MARK}dell").words == ("ines", "odell")
    assert folded("Ji-woo  O'Dell") == " ji woo odell"
    assert folded("\N{FULLWIDTH LATIN CAPITAL LETTER A}da") == " ada"


@pytest.mark.parametrize("typed", ["", "a", "a b", "%%%", "___", "12", "()", "-"])
def test_too_little_finds_nobody(typed: str) -> None:
    with pytest.raises(TooVague):
        read(typed).check()


@pytest.mark.parametrize("typed", ["Ada Abbott " * 5000, "a\x00da", "a b c d e f g"])
def test_a_pasted_table_is_not_looked_for(typed: str) -> None:
    with pytest.raises(TooMuchTyped):
        read(typed)
