"""Setting a document as a PDF that is tagged and selectable, in a process of its own.

The typesetter is large and foreign code: the clinic's processes never load it, and what it does
ends after some seconds.  The document goes in as data, so nothing in it is taken for a command.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds

Document = Mapping[str, Any]


class NotPressed(Exception):
    """The document could not be set; the message says why, for the log."""


def press(template: Path, document: Document, *, day: date, strict: bool = True) -> bytes:
    """Return the document as a PDF, always the same for the same words; raises NotPressed.

    *strict* refuses what cannot be read aloud, such as a figure without words, or a letter that
    no font here has; a list of people must come out whatever they are called.
    """
    job = {
        "template": str(template),
        "document": document,
        "day": day.isoformat(),
        "strict": strict,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.content.press"],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1"},  # no key of the clinic's goes with it
        )
    except subprocess.TimeoutExpired:
        raise NotPressed(f"not done after {PATIENCE} seconds") from None
    except subprocess.CalledProcessError as error:
        raise NotPressed(error.stderr.decode(errors="replace")) from None
    except OSError as error:
        raise NotPressed(str(error)) from None
    return done.stdout


def _main() -> None:
    import typst

    job = json.load(sys.stdin)
    pdf = typst.compile(
        job["template"],
        sys_inputs={"document": json.dumps(job["document"])},
        pdf_standards=["ua-1"] if job["strict"] else [],
        ignore_system_fonts=job["strict"],
        timestamp=int(datetime.fromisoformat(job["day"]).replace(tzinfo=UTC).timestamp()),
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    _main()
