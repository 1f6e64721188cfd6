"""How much is measured: enough for a median, or just enough to see the direction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes of one run."""

    kinds: tuple[str, ...] = ("sqlite", "postgresql")
    repeats: int = 3
    seconds: float = 1.5
    bookings: int = 300
    floor_bookings: int = 1000
    walks: int = 100
    contested_slots: int = 20
    contested_attempts: int = 100_000
    histories: tuple[int, ...] = (10, 100)
    workers: tuple[int, ...] = (2, 4)


QUICK = Plan(
    repeats=1,
    seconds=0.7,
    bookings=150,
    floor_bookings=500,
    walks=40,
    contested_slots=5,
    contested_attempts=2_400,
    histories=(10,),
    workers=(2,),
)
