import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.letter import one_line


def test_a_name_stays_as_it_is_written() -> None:
    for name in (
        "Siobhán O'Neil",
        "李小龍",
        "\u0645\u06cc\u0631\u200c\u0632\u0627",
        "Nguyễn Thị Ánh",
        "X Æ A-12",
    ):
        assert one_line(name) == name


def test_what_breaks_a_line_or_turns_it_is_gone() -> None:
    assert one_line("Eve\r\nBcc: x\x00\u202emoc\u2028.\u0085 ") == "Eve Bcc: x moc ."


@given(st.text())
def test_whatever_was_typed_fits_on_one_line(text: str) -> None:
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
    assert one_line(line) == line
    assert not {"Cc", "Cs", "Zl", "Zp"} & {unicodedata.category(char) for char in line}
