"""Tables that a spreadsheet opens: what looks like a formula is only read."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.table_file import STEERING, table

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize("sign", STEERING)
def test_t18_what_a_spreadsheet_would_compute_is_only_read(sign: str) -> None:
    typed = f"{sign}cmd|' /C calc'!A0"

    written = table([["Marian Hale", typed]])

    assert written.startswith('"Marian Hale","' + "'")


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_t18_no_cell_begins_with_a_sign_and_none_is_lost(rows: list[list[str]]) -> None:
    read = list(csv.reader(StringIO(table(rows), newline="")))

    assert [[one.removeprefix("'") for one in row] for row in read] == [
        [one.removeprefix("'") for one in row] for row in rows
    ]
    assert not any(one.startswith(STEERING) for row in read for one in row)
