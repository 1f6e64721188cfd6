"""Figures about people's reading: nobody can work out a cell of fewer than five."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.figures import TIMES, Rows, figures, keys, shown
from app.domain.primer import Standing
from app.domain.reading import Progress

BEGAN = datetime(2027, 3, 1, 13, tzinfo=UTC)


def read(**changes: object) -> Progress:
    values = {
        "reading_id": "r", "edition": "2026-11-21", "language": "en", "jurisdiction": "us",
        "answered_by": "self", "words": {},
    }  # fmt: skip
    return Progress(**(values | changes))  # type: ignore[arg-type]  # values of a builder


def test_a_finished_reading_counts_its_misses_its_stances_and_its_time() -> None:
    one = read(
        checks={"Q1": Standing(misses=1, answered_right=True), "Q2": Standing(0, True)},
        statements={"K1": "talk", "K2": "understand", "K3": "skip"},
    )

    assert keys(one, BEGAN, BEGAN + timedelta(minutes=12)) == {
        "started", "finished", "minutes:15", "asked:Q1", "asked:Q2", "missed:Q1",
        "answered:K1", "answered:K2", "answered:K3", "talk:K1", "skip:K3",
    }  # fmt: skip


def test_a_reading_that_was_left_counts_where() -> None:
    one = read(pages_read=frozenset({"S0", "S1", "S2"}))

    assert keys(one, BEGAN, None) == {"started", "stopped", "stopped:S2"}
    assert keys(one, BEGAN, None, at_rest=False) == {"started", "reading"}


@pytest.mark.parametrize(
    ("minutes", "key"), [(5, "05"), (5.1, "10"), (60, "60"), (61, "more"), (60 * 24 * 9, "more")]
)
def test_time_is_counted_in_steps(minutes: float, key: str) -> None:
    assert f"minutes:{key}" in keys(read(), BEGAN, BEGAN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"a": 4, "b": 3, "c": 50}, {"a": None, "b": None, "c": 50}),
        ({"a": 2, "b": 2, "c": 50}, {"a": None, "b": None, "c": None}),
        ({"a": 4, "b": 0, "c": 50, "d": 9}, {"a": None, "b": None, "c": 50, "d": None}),
        ({"a": 4, "b": 9, "c": 50}, {"a": None, "b": None, "c": 50}),
        ({"a": 5, "b": 9, "c": 0}, {"a": None, "b": 9, "c": None}),
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 0, "b": 0}, {"a": None, "b": None}),
        ({"a": 4}, {"a": None}),
        ({}, {}),
    ],
)
def test_fewer_than_five_are_hidden_and_with_them_a_cell_that_would_tell(
    cells: dict[str, int], expected: dict[str, int | None]
) -> None:
    assert shown(cells) == expected


@pytest.mark.parametrize("cells", [(0, 0, 60), (4, 9, 50), (1, 2, 9, 9), (4, 4, 80), (0, 5, 7, 90)])
def test_whoever_knows_the_sum_cannot_work_out_a_hidden_cell(cells: tuple[int, ...]) -> None:
    told = shown({str(place): count for place, count in enumerate(cells)})
    hidden = [place for place, count in enumerate(told.values()) if count is None]
    left = sum(cells) - sum(count for count in told.values() if count is not None)

    assert len(hidden) > 1
    assert left >= 5
    assert all(told[str(place)] is None for place, count in enumerate(cells) if count < 5)


def test_what_is_left_of_a_whole_is_a_cell_too() -> None:
    assert shown({"missed": 48}, of=50, rest="right") == {"missed": None, "right": None}
    assert shown({"missed": 40}, of=50, rest="right") == {"missed": 40, "right": 10}


def test_no_cell_under_five_follows_from_the_others() -> None:
    counted = {
        "started": 100, "finished": 97, "stopped": 3, "stopped:S2": 3, "minutes:10": 60,
        "minutes:15": 30, "minutes:20": 7, "asked:Q1": 97, "missed:Q1": 2, "answered:K1": 97,
        "talk:K1": 3, "skip:K1": 40,
    }  # fmt: skip
    rows = Rows(parts=("S1", "S2"), checks=("Q1", "Q2"), statements=("K1",))

    found = figures("2026-11-21", counted, rows)

    assert found.started is None
    assert found.way == {"finished": 97, "stopped": None, "reading": None}
    assert found.stopped == {"": None, "S1": None, "S2": None}
    assert found.minutes == dict.fromkeys(TIMES) | {"10": 60, "15": 30}
    assert found.missed == {
        "Q1": {"missed": None, "right": None}, "Q2": {"missed": None, "right": None}
    }  # fmt: skip
    assert found.answered == {"K1": {"talk": None, "skip": None, "understand": 54}}


def test_how_many_began_is_told_where_it_tells_of_nobody() -> None:
    counted = {"started": 30, "finished": 20, "stopped": 5, "reading": 5}

    found = figures("2026-11-21", counted, Rows())

    assert found.started == 30
    assert found.way == {"finished": 20, "stopped": 5, "reading": 5}
