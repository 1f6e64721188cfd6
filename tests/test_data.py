import re
from pathlib import Path

from app.storage.database import db

DATA = Path(__file__).parents[1] / "docs" / "operating" / "data.md"


def test_every_column_says_what_kind_of_data_it_holds() -> None:
    rows = re.findall(r"^\| (\w+) \|(.*)\|$", DATA.read_text(encoding="utf-8"), re.MULTILINE)
    classed = {
        (table, column.strip())
        for table, cells in rows
        for column in re.split(r"[|,]", cells)
        if column.strip()
    }
    columns = {
        (table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns
    }

    assert columns - classed == set()
