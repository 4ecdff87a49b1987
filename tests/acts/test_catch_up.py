"""A column that becomes secret: existing people and certificates hold a mask from then on."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from shared.acts.catch_up import catch_up_all
from shared.acts.change_value import change_value
from shared.acts.issue_anew import issue_anew
from shared.certificates.issuing import drawing
from shared.certificates.issuing.drawing import render_in_full
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Certificate, ColumnKind, Volunteer
from shared.storage.sealing.secret_values import open_values
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.masks import masked
from tests.support.console_screens import people
from tests.support.dumped import dump
from tests.support.factories import add, design, invite
from tests.support.list_columns import add_sealed, print_column, say
from tests.support.pdf_texts import text_of
from tests.support.submitting import submit_name

CARD = "110101199003074234"
OTHER = "350102198812120019"


@pytest.fixture
def with_cards(installation: Installation, event_id: int) -> int:
    """An event that prints a column with identity card numbers as text."""
    database = installation.database
    design(database, event_id)
    add(database, event_id, f"email,badge\nana@example.org,{CARD}\nbo@example.org,{OTHER}")
    print_column(database, event_id, "badge")
    return event_id


def issue(installation: Installation, event_id: int) -> Certificate:
    """Ana submits her name."""
    token = invite(installation, event_id)["ana@example.org"]
    with installation.database.writing() as session:
        settings, seal = installation.settings, installation.seal
        return submit_name(session, settings, seal, token, "Ana Souza")


def drawn(installation: Installation, certificate_id: int, format: str = "jpg") -> bytes:
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, certificate_id)
        return drawing.render(session, installation.settings, certificate, format)  # type: ignore[arg-type]


def in_full(installation: Installation, certificate_id: int) -> str:
    """What the owner's own PDF says."""
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, certificate_id)
        facts = drawing.facts_of(installation.settings, certificate)
        return text_of(render_in_full(session, installation.seal, certificate, facts))


def test_everything_of_before_is_sealed_and_shows_a_mask(
    installation: Installation, with_cards: int
):
    database = installation.database
    issued = issue(installation, with_cards)
    before = drawn(installation, issued.id)
    assert CARD in text_of(drawn(installation, issued.id, "pdf"))
    say(installation, with_cards, "badge", kind=ColumnKind.SECRET)
    ana, bo = people(database, with_cards)
    assert (ana.columns, bo.columns) == ({"badge": masked(CARD)}, {"badge": masked(OTHER)})
    assert open_values(installation.seal, with_cards, bo.secrets or {}) == {"badge": OTHER}
    assert drawn(installation, issued.id) != before
    text = text_of(drawn(installation, issued.id, "pdf"))
    assert f"No. {masked(CARD)}" in text
    assert CARD not in text
    with database.reading() as session:
        stored = dump(session)
    assert CARD not in stored
    assert OTHER not in stored


def test_what_is_secret_no_longer_stands_in_the_clear_again(
    installation: Installation, with_cards: int
):
    say(installation, with_cards, "badge", kind=ColumnKind.SECRET)
    say(installation, with_cards, "badge", kind=ColumnKind.TEXT)
    ana, bo = people(installation.database, with_cards)
    assert (ana.columns["badge"], bo.columns["badge"]) == (CARD, OTHER)
    assert ana.secrets is None


def test_without_the_key_nothing_is_opened_and_nothing_lost(
    installation: Installation, with_cards: int
):
    say(installation, with_cards, "badge", kind=ColumnKind.SECRET)
    stranger = replace(installation, seal=Seal(["another key"]))
    say(stranger, with_cards, "badge", kind=ColumnKind.TEXT)
    assert people(installation.database, with_cards)[0].columns["badge"] == masked(CARD)
    catch_up_all(installation.database, installation.seal)
    assert people(installation.database, with_cards)[0].columns["badge"] == CARD


def test_a_secret_stands_in_full_in_its_own_pdf_alone_and_only_while_it_is_said_so(
    installation: Installation, with_cards: int
):
    say(installation, with_cards, "badge", kind=ColumnKind.SECRET, is_in_full=True)
    issued = issue(installation, with_cards)
    assert f"No. {CARD}" in in_full(installation, issued.id)
    assert "Ana Souza" in in_full(installation, issued.id)
    assert CARD not in text_of(drawn(installation, issued.id, "pdf"))
    say(installation, with_cards, "badge", is_in_full=False)
    assert CARD not in in_full(installation, issued.id)


def test_a_corrected_secret_is_sealed_and_reaches_the_next_certificate(
    installation: Installation, with_cards: int
):
    database = installation.database
    say(installation, with_cards, "badge", kind=ColumnKind.SECRET, is_in_full=True)
    issued = issue(installation, with_cards)
    with database.writing() as session:
        ana = session.get_one(Volunteer, issued.volunteer_id)
        change_value(session, installation.seal, ana, "badge", OTHER)
        settings = installation.settings
        anew = issue_anew(session, settings, ana, "Ana Souza", mailed=False)
    assert CARD in in_full(installation, issued.id)
    assert OTHER in in_full(installation, anew.id)
    with database.reading() as session:
        assert OTHER not in dump(session)


def test_a_column_that_tells_its_secret_by_its_title_is_sealed_as_it_comes(
    installation: Installation, event_id: int
):
    database = installation.database
    added = add_sealed(installation, event_id, f"email,身份证号\nana@example.org,{CARD}\n,{OTHER}")
    assert [one.text for one in added.refused] == [f",{masked(OTHER)}"]
    with database.reading() as session:
        assert CARD not in dump(session)
        [ana] = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id))
        assert ana.columns == {"身份证号": masked(CARD)}
        assert open_values(installation.seal, event_id, ana.secrets) == {"身份证号": CARD}


def test_nothing_secret_is_stored_without_a_seal(database: Database, event_id: int):
    with pytest.raises(ValueError, match="seal"):
        add(database, event_id, f"email,ID number\nana@example.org,{CARD}")
    assert people(database, event_id) == []
