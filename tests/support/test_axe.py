from tests.support import axe


def test_the_vendored_files_are_what_their_makers_published() -> None:
    assert axe.wrong_sums() == []
