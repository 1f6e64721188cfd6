"""The words of the safety check, as patients read them; notes for staff stay in their file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.editions import language_folder
from app.content.fields import Fields, read_fields
from app.content.packs import Pack, safety_words
from app.content.safety_limits import limits_in, own_limits, with_limits
from app.content.words import Words, word_count
from app.domain.safety import Answer, Item, Tier


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """One question, with the signs listed below it, and what to do on yes or not sure."""

    id: str
    question: str
    signs: tuple[str, ...]
    help: str | None
    screen_text: str


@dataclass(frozen=True, slots=True)
class SafetyTier:
    """The questions of one page of the check."""

    tier: Tier
    label: str
    not_sure_leads_to: Tier
    screen_added: str | None  # stands below the screen texts
    not_sure_added: str | None  # stands below a screen text when the answer was "not sure"
    items: tuple[SafetyItem, ...]

    @property
    def rules(self) -> tuple[Item, ...]:
        """The same items as the rule sees them."""
        return tuple(Item(item.id, self.tier, self.not_sure_leads_to) for item in self.items)


@dataclass(frozen=True, slots=True)
class SafetyCheck:
    """The whole check, most urgent tier first."""

    head: str
    answers: tuple[tuple[Answer, str], ...]
    end_all_no: str
    footer: str
    emergency_number: str
    clinic_phone: str
    nurse_line: str
    support_line: str
    tiers: tuple[SafetyTier, ...]
    short: tuple[str, ...]  # signs of emergencies for mails and calendars, without the complaint
    sha: str = ""

    @property
    def rules(self) -> tuple[Item, ...]:
        """All items as the rule sees them."""
        return tuple(item for tier in self.tiers for item in tier.rules)

    @property
    def words(self) -> int:
        """How many words there are to read before a person can go on."""
        items = [item for tier in self.tiers for item in tier.items]
        return sum(word_count(item.question, *item.signs, item.help or "") for item in items)

    def tier(self, tier: Tier) -> SafetyTier:
        """Give one page of the check."""
        return next(found for found in self.tiers if found.tier is tier)

    def items(self, ids: Iterable[str]) -> tuple[SafetyItem, ...]:
        """Find items by their ids, in the order of the check."""
        wanted = set(ids)
        return tuple(item for tier in self.tiers for item in tier.items if item.id in wanted)

    def screen_texts(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Say what to do because of these items, each sentence once."""
        return tuple(dict.fromkeys(item.screen_text for item in self.items(ids)))


def load_safety(
    folder: Path, edition: str, language: str, pack: Pack, clinic_words: Mapping[str, str]
) -> SafetyCheck:
    """Read the safety check alone: a clinic that shows no primer asks it too."""
    words = safety_words(pack, language, clinic_words)
    texts = read_fields(language_folder(folder, edition, language) / "safety.yaml")
    rules = read_fields(folder / edition / "safety.yaml")
    return _check(texts, rules, words, own_limits(clinic_words))


def _check(texts: Fields, rules: Fields, words: Words, own: Mapping[str, int]) -> SafetyCheck:
    asked = _asked(texts, rules, words, own)
    labels = texts.part("answers")
    return SafetyCheck(
        head=words.text(texts, "head"),
        answers=tuple((answer, words.text(labels, answer)) for answer in Answer),
        end_all_no=words.text(texts, "end_all_no"),
        footer=words.text(texts, "footer"),
        emergency_number=words.values["emergency_number"],
        clinic_phone=words.values["clinic_phone"],
        nurse_line=words.values["nurse_line"],
        support_line=words.values["support_line"],
        tiers=tuple(_tier(tier, texts, rules, words, asked) for tier in Tier),
        short=tuple(words.text(row, "words") for row in texts.rows("short")),
    )


def _asked(
    texts: Fields, rules: Fields, words: Words, own: Mapping[str, int]
) -> dict[str, tuple[Fields, Words]]:
    """Give each item's words, with the clinic's own limits in them."""
    limits = limits_in(rules, own)
    rows = {row.text("id"): row for row in texts.rows("items")}
    return {name: (row, with_limits(row, words, limits, rules)) for name, row in rows.items()}


def _tier(
    tier: Tier,
    texts: Fields,
    rules: Fields,
    words: Words,
    asked: Mapping[str, tuple[Fields, Words]],
) -> SafetyTier:
    said = texts.part("tiers").part(tier)
    ids = [row.text("id") for row in rules.rows("items") if row.text("tier") == tier]
    missing = [name for name in ids if name not in asked]
    if missing:
        raise texts.wrong("items", f"{', '.join(missing)} has a rule but no words")
    return SafetyTier(
        tier=tier,
        label=words.text(said, "label"),
        not_sure_leads_to=_leads_to(rules.part("tiers").part(tier)),
        screen_added=words.text_or_none(said, "screen_added"),
        not_sure_added=words.text_or_none(said, "not_sure_added"),
        items=tuple(_item(*asked[name], words.text(said, "screen_text")) for name in ids),
    )


def _leads_to(rule: Fields) -> Tier:
    try:
        return Tier(rule.text("not_sure_leads_to"))
    except ValueError:
        raise rule.wrong("not_sure_leads_to", "there is no such tier") from None


def _item(row: Fields, words: Words, usual: str) -> SafetyItem:
    return SafetyItem(
        id=row.text("id"),
        question=words.text(row, "question"),
        signs=words.texts(row, "signs"),
        help=words.text_or_none(row, "help"),
        screen_text=words.text_or_none(row, "screen_text") or usual,
    )
