"""Names the texts of a catalogue that nobody has translated, or only guessed."""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po


def translated(message: Message | None) -> bool:
    """Say whether a person has written every form of a text."""
    if message is None or message.fuzzy:
        return False
    return all(message.string if isinstance(message.string, tuple) else (message.string,))


template, catalogue = (read_po(BytesIO(Path(path).read_bytes())) for path in sys.argv[1:])
missing = [
    wanted.id
    for wanted in template
    if wanted.id and not translated(catalogue.get(wanted.id, wanted.context))
]
for text in missing:
    sys.stdout.write(f"{sys.argv[2]}: not translated: {text!r}\n")
sys.exit(bool(missing))
