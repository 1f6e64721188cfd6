"""What somebody types who wants to be on the waiting list."""

from tests.clinics import RIVERA

WHO = {
    "name": "Marian Hale", "bday_month": "4", "bday_day": "21", "bday_year": "1968",
    "email": "marian@example.org", "phone": "(865) 555-0178",
}  # fmt: skip
WISHES: dict[str, str | list[str]] = {
    "visit": "general", "doctors": [str(RIVERA)], "weekdays": ["1", "4"], "part": "afternoon",
    "how": "in_person", "until": "2027-03-20", "short": "yes",
}  # fmt: skip
