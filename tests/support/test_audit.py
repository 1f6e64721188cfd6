import pytest

from tests.support.audit import faults

GOOD = (
    '<!doctype html><html lang="en"><head><title>Hello, Clinic</title></head><body><main>'
    '<h1>Hello</h1><label for="a">A</label><input id="a" name="a"></main></body></html>'
)


def test_a_page_in_order_passes() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<h1>Hello</h1>", "<p>Hello</p>"),
        ("<h1>Hello</h1>", "<h1>Hello</h1><h1>Hello</h1>"),
        ("<h1>Hello</h1>", "<h1>Good day</h1>"),
        ('lang="en"', ""),
        ("</main>", '<p id="a"></p></main>'),
        ('<label for="a">A</label>', "<p>A</p>"),
        ("<h1>", '<h1 style="color:red">'),
        ("<h1>", '<h1 onclick="x()">'),
        ("</main>", "<script>x()</script></main>"),
        ("</main>", "<style>p{}</style></main>"),
        ("</main>", '<img src="/x.svg"></main>'),
        ("</main>", "<a>there</a></main>"),
        ("</main>", "<p><b>x</p></b></main>"),
    ],
)
def test_a_fault_in_a_page_is_seen(good: str, bad: str) -> None:
    assert faults(GOOD.replace(good, bad, 1)) != []
