"""The event's name and organization are facts: right on what is issued next, kept on what was."""

from datetime import date

import pymupdf
import pytest
from sqlalchemy import select

from shared import events
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import issue_anew
from shared.certificates.issuing import drawing
from shared.certificates.issuing.visits import look_up
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event, update_organization
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.layout import Field, Layout, standard_layout
from shared.storage.models import Certificate, ColumnKind, Problem, Volunteer
from tests.support import designing
from tests.support.acting import issue_in_turns
from tests.support.drawn_designs import box
from tests.support.factories import add, design, invite
from tests.support.list_columns import say
from tests.support.submitting import issued, submit_name

THANKS = "For {event}, {organization}, on {date}"
CARD = "110101199003072341"


@pytest.fixture
def thanked(installation: Installation, event_id: int) -> dict[str, str]:
    """The tokens of two invited people; the sheet names event, organization and their cards."""
    call(installation, event_id, "Spring Run", "Green City")
    design(installation.database, event_id)
    texts = {"thanks": THANKS, "card": "Card {column:Card} of {name}"}
    fields = [
        Field(id=id, kind="text", content=content, box=box(0.1, 0.6 + n / 10, 0.8, 0.09), size=0.04)
        for n, (id, content) in enumerate(texts.items())
    ]
    with installation.database.writing() as session:
        layout = Layout(fields=(*standard_layout().fields, *fields))
        designing.set_layout(session, events.event_for_change(session, event_id), layout)
    add(installation.database, event_id, f"email,Card\nana@example.org,{CARD}\nbo@example.org,77")
    return invite(installation, event_id)


def call(installation: Installation, event_id: int, name: str, organization: str) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        change = EventChange(name=name, certificate_date=date(2026, 11, 24))
        update_event(event, change)
        update_organization(event, name=organization)


def list_names(installation: Installation) -> None:
    with installation.database.writing() as session:
        for person in session.scalars(select(Volunteer)):
            person.listed_name = "Ana"


def submit(installation: Installation, token: str, name: str) -> Certificate:
    with installation.database.writing() as session:
        settings, seal = installation.settings, installation.seal
        return submit_name(session, settings, seal, token, name)


def drawn(installation: Installation, certificate_id: int, format: str = "jpg") -> bytes:
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, certificate_id)
        return drawing.render(session, installation.settings, certificate, format)  # type: ignore[arg-type]


def text(installation: Installation, certificate_id: int) -> str:
    with pymupdf.open(stream=drawn(installation, certificate_id, "pdf")) as pdf:
        return " ".join(pdf[0].get_text().split())


def test_a_renamed_event_is_thanked_by_its_new_name_and_before_by_its_old(
    installation: Installation, event_id: int, thanked: dict[str, str]
):
    first = submit(installation, thanked["ana@example.org"], "Ana Souza")
    before = drawn(installation, first.id)
    call(installation, event_id, "Autumn Run", "Blue City")
    second = submit(installation, thanked["bo@example.org"], "Bo Li")
    assert drawn(installation, first.id) == before
    assert "For Spring Run, Green City, on November 24, 2026" in text(installation, first.id)
    assert "For Autumn Run, Blue City, on November 24, 2026" in text(installation, second.id)
    # An own fact, of each certificate, on the pages about it.
    with installation.database.engine.connect() as connection:
        visit = look_up(connection, installation.seal, thanked["ana@example.org"])
    assert (visit.issued_event, visit.issued_organization) == ("Spring Run", "Green City")
    assert visit.event == "Autumn Run"


def test_issued_anew_a_certificate_says_how_the_event_is_called_now(
    installation: Installation, event_id: int, thanked: dict[str, str]
):
    first = submit(installation, thanked["ana@example.org"], "Ana Souza")
    call(installation, event_id, "Autumn Run", "Blue City")
    with installation.database.writing() as session:
        ana = session.get_one(Volunteer, first.volunteer_id)
        settings = installation.settings
        anew = issue_anew(session, settings, ana, "Ana Souza", mailed=False)
    assert "For Autumn Run, Blue City" in text(installation, anew.id)
    assert "For Spring Run, Green City" in text(installation, first.id)


def test_nobody_gets_the_old_name_from_the_list_while_the_event_is_renamed(
    installation: Installation, event_id: int, thanked: dict[str, str], monkeypatch
):
    list_names(installation)
    made = IssueFromList.prepare
    names = iter([("Autumn Run", "Blue City"), None])

    def renamed_meanwhile(*args):
        found = made(*args)
        if name := next(names):
            call(installation, event_id, *name)
        return found

    monkeypatch.setattr(IssueFromList, "prepare", renamed_meanwhile)
    for _ in range(2):
        issue_in_turns(installation, event_id, by=AT_THE_MACHINE)
    assert {one.event_name for one in issued(installation.database)} == {"Autumn Run"}
    assert len(issued(installation.database)) == 2


def test_a_column_that_becomes_secret_is_masked_in_sentences_too(
    installation: Installation, event_id: int, thanked: dict[str, str]
):
    first = submit(installation, thanked["ana@example.org"], "Ana Souza")
    assert f"Card {CARD} of Ana Souza" in text(installation, first.id)
    say(installation, event_id, "Card", kind=ColumnKind.SECRET)
    assert "Card 110************341 of Ana Souza" in text(installation, first.id)


def test_a_sentence_about_a_card_that_nobody_gave_is_left_out_and_the_rest_is_issued(
    installation: Installation, event_id: int, thanked: dict[str, str]
):
    call(installation, event_id, "Spring Run", "")
    with installation.database.writing() as session:
        for person in session.scalars(select(Volunteer)):
            person.columns = {}
    first = submit(installation, thanked["ana@example.org"], "Ana Souza")
    said = text(installation, first.id)
    assert "For Spring Run, , on November 24" in said
    assert "Card of Ana Souza" in said


def test_an_event_name_that_does_not_fit_holds_the_certificate_and_breaks_nothing(
    installation: Installation, event_id: int, thanked: dict[str, str]
):
    call(installation, event_id, "W" * 190, "Green City")
    list_names(installation)
    assert issue_in_turns(installation, event_id, by=AT_THE_MACHINE) == 0
    with installation.database.reading() as session:
        problems = session.scalars(select(Volunteer.problem)).all()
    assert problems == [Problem.NAME_DOES_NOT_FIT] * 2
    call(installation, event_id, "Run", "Green City")
    assert "For Run, Green City" in text(
        installation, submit(installation, thanked["ana@example.org"], "Ana Souza").id
    )
