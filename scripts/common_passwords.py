"""Makes app/content/common_passwords.bin of a list, one a line, the most common first.

    PYTHONPATH=. python scripts/common_passwords.py LIST

The one here is made of the first 10,000 passwords of zxcvbn 4.5.0 (MIT licence).
"""

import sys
from pathlib import Path

from app.content.common_passwords import FILE, mark
from app.domain.password import fold

MOST = 10_000

if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[:MOST]
    FILE.write_bytes(b"".join(sorted({mark(fold(line)) for line in lines})))
