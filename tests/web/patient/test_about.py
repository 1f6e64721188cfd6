from tests.web.walker import Walker


def test_who_wrote_checked_and_paid_is_said_even_where_it_is_not_known(walker: Walker) -> None:
    page = walker.get("/about").text

    for words in ("Written by", "Paid by", "has not been stated", "awaiting review"):
        assert words in page
    assert "21 November 2026" in page


def test_what_is_kept_is_said_with_how_long(walker: Walker) -> None:
    page = walker.get("/your-data").text

    for term in ("90 days", "30 days", "3 years", "6 years", "35 days", "12 hours"):
        assert term in page
    assert "It is not consent to treatment." in page
    assert "(865) 555-0142" in page


def test_leaving_ends_the_session_and_clears_the_device(walker: Walker) -> None:
    walker.be_safe("general")
    walker.get("/your-data")

    gone = walker.post("/done")

    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "You are done on this device." in walker.follow(gone).text
    assert walker.get("/times").location == "/?again=1"


def test_the_farewell_is_in_the_language_that_was_chosen_and_the_next_person_finds_none(
    walker: Walker,
) -> None:
    walker.be_safe("general")
    walker.post("/language", {"language": "es", "to": "/times"})

    gone = walker.post("/done")
    farewell = walker.follow(gone)

    assert gone.location == "/?said=left&language=es"
    assert '<html lang="es"' in farewell.text
    assert "Set-Cookie" not in farewell.headers
    assert '<html lang="en"' in walker.get("/").text


def test_who_chooses_another_language_on_the_farewell_reads_it_in_that(walker: Walker) -> None:
    back = walker.post("/language", {"language": "en", "to": "/?said=left&language=es"})

    assert back.location == "/?said=left"
    assert '<html lang="en"' in walker.follow(back).text
