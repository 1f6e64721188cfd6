"""The appointment book against a model of it: whatever people press, in whatever order."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.ctx import AppContext
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from app.domain.appointment import Hold, Wish
from app.domain.booking import HOLD_GRACE
from app.domain.refusals import Refused
from app.factory import create_app
from app.services import cancelling, hold, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM, settings_for
from tests.services.book_model import SOME_TIMES, Kept, Made, Model, meet
from tests.services.looking import MAIL_OF, OVERLAPS, mails_of, rows, verbs_of

GUESTS = st.integers(0, 3)


class Book(Model, RuleBasedStateMachine):
    """Four people at one book; each rule presses, then looks whether the model agrees."""

    pristine: Path
    folder: Path
    number = 0

    @initialize()
    def open(self) -> None:
        """Begin with an empty book."""
        Book.number += 1
        path = shutil.copy(self.pristine, self.folder / f"{Book.number}.sqlite")
        self.context: AppContext = create_app(
            settings_for(f"sqlite:///{path}", self.folder)
        ).app_context()
        self.context.push()
        self.begin(MONDAY_8AM)
        self.guests = [Guest(self.now, network=f"198.51.{number}.0/24") for number in range(4)]
        for guest in self.guests:
            guest.say()

    def teardown(self) -> None:
        """Close it again."""
        if hasattr(self, "context"):
            db.session.remove()
            db.engine.dispose()
            self.context.pop()

    @rule(number=GUESTS, wanted=SOME_TIMES)
    def hold(self, number: int, wanted: Wish) -> None:
        """Choose a time: it is given exactly when nobody else has it."""
        self._choose(number, wanted, None, lambda guest: guest.hold(wanted, exempt=True))

    @rule(number=GUESTS, wanted=SOME_TIMES)
    def hold_to_move(self, number: int, wanted: Wish) -> None:
        """Choose a new time for one's last appointment."""
        reference = self.latest.get(number)
        if reference is None or not self.made[reference].coming:
            return
        wanted = replace(wanted, visit_type_id=self.made[reference].wish.visit_type_id)
        self._choose(
            number,
            wanted,
            reference,
            lambda guest: moving.take(
                reference, wanted, actor=guest.actor, visit=guest.visit, clinic=clinics.load(),
                exempt=True, now=self.now,
            ),
        )  # fmt: skip

    def _choose(
        self, number: int, wanted: Wish, moves: str | None, press: Callable[[Guest], Hold]
    ) -> None:
        mine = self.kept.get(number)
        again = mine and (mine.wish, mine.moves) == (wanted, moves) and mine.until > self.now
        free = not any(meet(wanted, other) for other in self.taken_but_for(number, moves))
        full = self.is_full(wanted, number, moves)

        answer = self._press(number, press)

        if again and mine:
            assert answer.id == mine.id
        elif moves and wanted == self.made[moves].wish:
            assert answer == "not_offered"
        elif free and not full:
            until = self.now + timedelta(minutes=10)
            self.clear(wanted, number)
            self.kept[number] = Kept(answer.id, wanted, self.now, until, moves)
        else:
            assert answer == "slot_taken"

    @rule(number=GUESTS)
    def extend(self, number: int) -> None:
        """Ask for more time: half an hour in all."""
        mine = self.kept.get(number)

        answer = self._press(number, lambda guest: hold.extend(guest.visit, now=self.now))

        if mine is None:
            assert answer == "nothing_held"
        elif self.now >= mine.begun + timedelta(minutes=30) - HOLD_GRACE:
            assert answer == "hold_at_limit"
        elif self.is_good(number, mine):
            mine.until = min(self.now + timedelta(minutes=10), mine.begun + timedelta(minutes=30))
            assert answer == mine.until
        else:
            assert answer == "nothing_held"

    @rule(number=GUESTS)
    def release(self, number: int) -> None:
        """Give the time back."""
        self._press(number, lambda guest: hold.release(guest.visit))
        self.kept.pop(number, None)

    @rule(number=GUESTS)
    def book(self, number: int) -> None:
        """Press the last button: a hold becomes an appointment, even one that ran out."""
        mine = self.kept.get(number)
        hold_id = mine.id if mine else "aaaaaaaaaaaaaaaaaaaa"

        answer = self._press(number, lambda guest: guest.confirm(hold_id, exempt=True))

        if mine is None:
            assert answer == "nothing_held"
        elif mine.moves is not None or not self.is_good(number, mine):
            assert answer == "hold_ended"
        elif self.coming(number) >= 3:
            assert answer == "too_many_appointments"
        else:
            assert answer.startswith("HB-")
            self.made[answer] = Made(mine.wish)
            self.owner[answer] = number
            self.latest[number] = answer
            del self.kept[number]

    @rule(number=GUESTS)
    def move(self, number: int) -> None:
        """Move one's last appointment to the time held for it."""
        reference, mine = self.latest.get(number), self.kept.get(number)
        if reference is None:
            return
        wanted = mine.wish if mine else self.made[reference].wish

        answer = self._press(
            number,
            lambda guest: moving.move(
                reference, wanted, actor=guest.actor, visit=guest.visit, clinic=clinics.load(),
                now=self.now,
            ),
        )  # fmt: skip

        if not self.made[reference].coming:
            assert answer == "already_cancelled"
        elif wanted == self.made[reference].wish:
            assert answer.appointment.wish == wanted
        elif mine is None or mine.moves != reference:
            assert answer == "nothing_held"
        elif not self.is_good(number, mine):
            assert answer == "hold_ended"
        else:
            self.made[reference].wish = mine.wish
            self.made[reference].done.append("move")
            del self.kept[number]

    @rule(number=GUESTS)
    def cancel(self, number: int) -> None:
        """Cancel one's last appointment."""
        reference = self.latest.get(number)
        if reference is None:
            return

        answer = self._press(
            number,
            lambda guest: cancelling.cancel(
                reference, actor=guest.actor, clinic=clinics.load(), now=self.now
            ),
        )

        if self.made[reference].coming:
            self.made[reference].done.append("cancel")
        else:
            assert answer == "already_cancelled"

    @rule(minutes=st.sampled_from([1, 4, 9, 11]), seconds=st.sampled_from([0, 1, 30, 31]))
    def wait(self, minutes: int, seconds: int) -> None:
        """Let time pass, while everybody stays on the site."""
        self.now += timedelta(minutes=minutes, seconds=seconds)
        for guest in self.guests:
            guest.now = self.now
            db.session.query(models.Visitor).update({"seen_at": self.now, "safety_at": self.now})
        db.session.commit()

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        """No two blocked spans of a clinician overlap."""
        if hasattr(self, "made"):
            assert db.session.scalar(text(OVERLAPS)) == 0

    @invariant()
    def the_book_says_what_the_model_says(self) -> None:
        """Each appointment stands as it should, with its mails and lines in the journal."""
        if not hasattr(self, "made"):
            return
        found = rows(models.Appointment, models.Appointment.status != Status.HELD)
        assert {row.reference for row in found} == set(self.made)
        for row in found:
            known = self.made[row.reference]
            wanted = (known.wish.start, known.wish.clinician_id, known.coming)
            assert (row.starts_at, row.clinician_id, row.status == Status.BOOKED) == wanted
            assert verbs_of(row.id) == known.done
            told = [kind for kind, hours, _ in mails_of(row.id) if hours == 0]
            assert told == [MAIL_OF[verb] for verb in known.done]
        ids = {row.id for row in rows(models.Appointment, models.Appointment.status == "held")}
        assert {kept.id for kept in self.kept.values()} == ids

    def _press(self, number: int, press: Callable[[Guest], Any]) -> Any:
        try:
            return press(self.guests[number])
        except Refused as refusal:
            return refusal.code
        finally:
            db.session.rollback()


def test_the_book_and_a_model_of_it_agree_whatever_people_press(
    pristine: Path, tmp_path: Path
) -> None:
    Book.pristine, Book.folder = pristine, tmp_path

    run_state_machine_as_test(
        Book, settings=settings(max_examples=20, stateful_step_count=30, deadline=None)
    )
