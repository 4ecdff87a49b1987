"""A certificate writes numbers and dates in its language, and keeps them."""

import pytest

from shared.certificates.issuing import drawing
from shared.certificates.issuing.columns import public_values, sample_values, values_to_be_public
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event
from shared.storage.models import Certificate, ColumnKind, Event, Volunteer
from tests.support.dumped import dump
from tests.support.factories import add, design, invite
from tests.support.list_columns import say
from tests.support.submitting import submit_name

LIST = "email,hours,day,team\nana@example.org,1234.5,2026-05-01,Water"


@pytest.fixture
def with_hours(installation: Installation, event_id: int) -> int:
    design(installation.database, event_id)
    add(installation.database, event_id, LIST)
    say(installation, event_id, "day", kind=ColumnKind.DATE)
    return event_id


def issue(installation: Installation, event_id: int, name: str = "Ana") -> Certificate:
    token = invite(installation, event_id)["ana@example.org"]
    with installation.database.writing() as session:
        settings, seal = installation.settings, installation.seal
        return submit_name(session, settings, seal, token, name)


def drawn(installation: Installation, issued: Certificate) -> tuple[bytes, dict[str, str]]:
    with installation.database.reading() as session:
        kept = session.get_one(Certificate, issued.id)
        return drawing.render(session, installation.settings, kept), kept.columns


def shown(installation: Installation, certificate: Certificate) -> list[tuple[str, str]]:
    with installation.database.reading() as session:
        return public_values(session.get_one(Certificate, certificate.id), "en")


def test_numbers_and_days_are_written_in_the_language_of_the_event(
    installation: Installation, with_hours: int
):
    wanted = {"hours": "1,234.5", "day": "May 1, 2026", "team": "Water"}
    assert issue(installation, with_hours).columns == wanted
    with installation.database.writing() as session:
        update_event(event_for_change(session, with_hours), EventChange(language="zh"))
    with installation.database.reading() as session:
        sample = sample_values(session, session.get_one(Event, with_hours))
    assert sample == wanted | {"day": "2026年5月1日"}


@pytest.mark.parametrize(
    ("people", "language"),
    [("z@example.org,王小明,zh\na@example.org,山田,ja", "zh"), ("a@example.org,,ja", "en")],
)
def test_a_sample_is_in_the_language_of_the_person_whose_name_it_carries(
    installation: Installation, event_id: int, people: str, language: str
):
    add(installation.database, event_id, f"email,name,language\n{people}")
    with installation.database.reading() as session:
        sample = sample_values(session, session.get_one(Event, event_id))
    assert sample == {"language": language}


def test_what_was_issued_stays_byte_for_byte_whatever_is_said_later(
    installation: Installation, with_hours: int
):
    issued = issue(installation, with_hours)
    before = drawn(installation, issued)
    say(installation, with_hours, "hours", kind=ColumnKind.TEXT)
    say(installation, with_hours, "team", is_public=True)
    assert drawn(installation, issued) == before


def test_nothing_is_public_by_itself(installation: Installation, with_hours: int):
    assert shown(installation, issue(installation, with_hours)) == []


def test_what_was_public_at_issue_is_shown_as_long_as_it_is_public(
    installation: Installation, with_hours: int
):
    say(installation, with_hours, "hours", is_public=True)
    with installation.database.reading() as session:
        event = session.get_one(Event, with_hours)
        ana = session.query(Volunteer).filter_by(event_id=with_hours).one()
        assert values_to_be_public(event, ana, "en") == [("hours", "1,234.5 hours")]
    issued = issue(installation, with_hours)
    assert shown(installation, issued) == [("hours", "1,234.5 hours")]
    say(installation, with_hours, "team", is_public=True)
    assert shown(installation, issued) == [("hours", "1,234.5 hours")]
    say(installation, with_hours, "hours", is_public=False)
    assert shown(installation, issued) == []


def test_a_column_that_becomes_secret_is_public_no_more(
    installation: Installation, with_hours: int
):
    say(installation, with_hours, "team", is_public=True)
    issued = issue(installation, with_hours)
    say(installation, with_hours, "team", kind=ColumnKind.SECRET)
    assert shown(installation, issued) == []


def test_numbers_and_days_are_kept_whatever_language_they_were_written_in(
    installation: Installation, with_hours: int
):
    """12,125 on a German certificate is a little more than twelve hours."""
    say(installation, with_hours, "hours", is_public=True)
    say(installation, with_hours, "day", is_public=True)
    issued = issue(installation, with_hours)
    assert issued.values == {
        "hours": {"kind": "number", "number": "1234.5", "unit": "hours"},
        "day": {"kind": "date", "date": "2026-05-01"},
    }
    with installation.database.writing() as session:
        kept = session.get_one(Certificate, issued.id)
        kept.language, kept.columns = "de", {"hours": "12,125", "day": "1. Mai 2026"}
        exact = {"kind": "number", "number": "12.125", "unit": "h"}
        kept.values = (kept.values or {}) | {"hours": exact}
        assert public_values(kept, "en") == [("hours", "12.125 h"), ("day", "May 1, 2026")]
        assert public_values(kept, "zh") == [("hours", "12.125 h"), ("day", "2026年5月1日")]
    # Whatever is said of the column by now.
    say(installation, with_hours, "hours", kind=ColumnKind.TEXT)
    assert shown(installation, issued)[0] == ("hours", "12.125 h")


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("1,234.5", "en", "1,234.5 hours"),
        ("12 h", "zh", "12 hours"),
        ("12,125", "de", "12,125"),
        ("12.125", "de", "12.125"),
        ("about 3", "en", "about 3"),
    ],
)
def test_what_was_issued_before_is_read_back_only_where_that_is_certain(
    installation: Installation, with_hours: int, text: str, language: str, told: str
):
    say(installation, with_hours, "hours", is_public=True)
    issued = issue(installation, with_hours)
    with installation.database.writing() as session:
        kept = session.get_one(Certificate, issued.id)
        kept.values, kept.columns, kept.language = None, {"hours": text}, language
    assert shown(installation, issued) == [("hours", told)]


def test_a_number_that_becomes_secret_is_kept_nowhere(installation: Installation, with_hours: int):
    issued = issue(installation, with_hours)
    say(installation, with_hours, "hours", kind=ColumnKind.SECRET)
    with installation.database.reading() as session:
        assert list(session.get_one(Certificate, issued.id).values or {}) == ["day"]
        assert "1234" not in dump(session)
