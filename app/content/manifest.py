"""The sums of a frozen edition: from then on nobody changes a byte of it unseen."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

SUMS = "SHA256SUMS"  # as the program of that name writes and checks them


def freeze(root: Path) -> int:
    """Write the sums of all files of an edition; return how many there are."""
    sums = _sums(root)
    lines = (f"{sums[name]}  {name}\n" for name in sorted(sums))
    (root / SUMS).write_text("".join(lines), encoding="utf-8")
    return len(sums)


def is_frozen(root: Path) -> bool:
    """Say whether an edition is frozen."""
    return (root / SUMS).is_file()


def changed(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield what is not as it was frozen: the file, the line of the sums, what happened."""
    noted: dict[str, tuple[int, str]] = {}
    for number, line in enumerate((root / SUMS).read_text(encoding="utf-8").splitlines(), 1):
        sum_, _, name = line.partition("  ")
        noted[name] = number, sum_
    found = _sums(root)
    for name in sorted({*noted, *found}):
        number, sum_ = noted.get(name, (1, ""))
        if name not in found:
            yield root / SUMS, number, f"{name} is gone from a frozen edition"
        elif name not in noted:
            yield root / name, 1, "this file is new in a frozen edition"
        elif found[name] != sum_:
            yield root / name, 1, "this file was changed in a frozen edition"


def _sums(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and path.name != SUMS)
    return {
        path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files
    }
