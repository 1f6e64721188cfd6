"""Free time is what asking about each five minutes finds."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.availability import Calendar, VisitRule, fitting
from app.domain.timeline import Grid
from tests.domain.calendars import busy_spans, cases, rules, stretches_of
from tests.domain.offering import minutes
from tests.domain.oracle import FIVE, Case


@st.composite
def nows(draw: st.DrawFn, case: Case, rule: VisitRule, *, video: bool) -> datetime:
    """Any time, or one at which a slot is just coming within notice or horizon."""
    opened = st.sampled_from(case.open_at(video=video) or [case.start])
    near = draw(opened) - draw(st.sampled_from((rule.notice, rule.horizon)))
    any_time = case.start + minutes(draw(st.integers(-1500, 300)))
    return draw(st.sampled_from((any_time, near + minutes(draw(st.integers(-6, 6))))))


@settings(deadline=None, max_examples=150)
@given(data=st.data(), case=cases(), rule=rules, video=st.booleans())
def test_free_time_is_what_asking_about_each_five_minutes_finds(
    data: st.DataObject, case: Case, rule: VisitRule, video: bool
) -> None:
    grid = Grid(case.start, case.cells)
    now = data.draw(nows(case, rule, video=video), "now")
    busy = data.draw(st.lists(busy_spans(case.start), max_size=4), "busy")
    same_type = data.draw(
        st.lists(st.integers(0, case.cells).map(grid.instant_of), max_size=6), "same type"
    )

    mine = Calendar(
        rule=rule,
        grid=grid,
        zone=case.zone,
        fits=fitting(stretches_of(case, grid), rule, video=video, grid=grid),
        busy=grid.cover_each(busy),
        same_type=tuple(same_type),
    )

    expected = case.free(rule, video=video, busy=busy, same_type=same_type, now=now)
    assert list(mine.slots(now=now)) == expected
    asked = data.draw(st.sampled_from([*expected, now, case.start, case.start + 7 * FIVE]), "asked")
    assert mine.is_bookable(asked, now=now) == (asked in expected)
