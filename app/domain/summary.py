"""What a reading tells the doctor: what was read, missed, talked about, and in whose words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.primer import Stance
from app.domain.reading import Kind, Progress, progress, said
from app.domain.record import Entry
from app.domain.safety import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """A part of the guide, and when the person went on from it."""

    page: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question that was answered wrong: with which options, in order, and how it ended."""

    check: str
    chosen: tuple[str, ...]  # the wrong ones only
    answered_right: bool
    go_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A safety check that led to the phone and not to a booking."""

    at: datetime
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSummary:
    """A reading as the doctor sees it; ids, to be put into the words of its edition.

    Nothing is left of it when the person withdrew it.
    """

    reading_id: str
    edition: str
    language: str
    jurisdiction: str
    words: Mapping[str, str]
    answered_by: str
    started_at: datetime
    finished_at: datetime | None
    withdrawn_at: datetime | None
    parts: tuple[PartRead, ...]
    missed: tuple[Miss, ...]
    to_talk_about: tuple[str, ...]
    skipped: tuple[str, ...]
    understood: tuple[str, ...]
    own_words: tuple[str, ...]
    go_over: tuple[str, ...]
    stops: tuple[Stopped, ...]


def summary(
    begun: Progress,
    entries: Sequence[Entry],
    *,
    started_at: datetime,
    finished_at: datetime | None,
    withdrawn_at: datetime | None,
) -> ReadingSummary:
    """Tell a reading from its record."""
    known = progress(begun, entries)
    return ReadingSummary(
        reading_id=known.reading_id,
        edition=known.edition,
        language=known.language,
        jurisdiction=known.jurisdiction,
        words=known.words,
        answered_by=known.answered_by,
        started_at=started_at,
        finished_at=finished_at,
        withdrawn_at=withdrawn_at,
        parts=_parts(entries),
        missed=_missed(known, entries),
        to_talk_about=_answered(known, Stance.TALK),
        skipped=_answered(known, Stance.SKIP),
        understood=_answered(known, Stance.UNDERSTAND),
        own_words=_own_words(entries),
        go_over=tuple(sorted(known.go_over)),
        stops=_stops(entries),
    )


def _stops(entries: Iterable[Entry]) -> tuple[Stopped, ...]:
    checks = [words for _, words in said(entries, Kind.SAFETY) if words]
    return tuple(
        Stopped(at=datetime.fromisoformat(one["at"]), tier=Tier(one["tier"]))
        for one in checks
        if one["tier"] in (Tier.EMERGENCY, Tier.CALL_TODAY)
    )


def _parts(entries: Iterable[Entry]) -> tuple[PartRead, ...]:
    """Give each part once, as it was last read."""
    last = {
        entry.clear.subject: entry.clear.at for entry in entries if entry.clear.kind == Kind.PAGE
    }
    return tuple(PartRead(page=page, at=at) for page, at in sorted(last.items()))


def _missed(known: Progress, entries: Iterable[Entry]) -> tuple[Miss, ...]:
    wrong: dict[str, list[str]] = {}
    for check, answer in said(entries, Kind.CHECK):
        if answer and not answer["right"]:
            wrong.setdefault(check, []).append(answer["chosen"])
    return tuple(
        Miss(
            check=check,
            chosen=tuple(chosen),
            answered_right=known.standing(check).answered_right,
            go_over=known.standing(check).go_over,
        )
        for check, chosen in sorted(wrong.items())
    )


def _answered(known: Progress, stance: Stance) -> tuple[str, ...]:
    return tuple(sorted(name for name, answer in known.statements.items() if answer == stance))


def _own_words(entries: Iterable[Entry]) -> tuple[str, ...]:
    words = [answer for _, answer in said(entries, Kind.TEACH_BACK) if answer]
    return tuple(words[-1]["words"]) if words else ()
