"""A design of the gallery becomes an event's, with what the event and its list say."""

import io
from dataclasses import replace

import pymupdf
import pytest
from PIL import Image

from shared import events
from shared.certificates.designs import designs, gallery
from shared.certificates.designs.changes import LIGHT, LIGHT_FILE, change_design
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing
from shared.errors import LayoutRefused
from shared.events.settings import update_organization
from shared.rendering.gallery.catalogue import NEWER, DesignChoice, style_named
from shared.rendering.raster.strips import BEST_QUALITY
from shared.storage.models import Event
from tests.support import factories
from tests.support.submitting import submit_name

LIST = "email,Hours,shirt\nana@example.org,12.5,M"


def chosen(database, event_id: int, style: str, **more: object) -> DesignChoice:
    with database.reading() as session:
        columns = session.get_one(Event, event_id).list_columns
    choice = gallery.choice_for(style_named(style), gallery.Taste("en"), columns)
    return replace(choice, **more)


def use(installation, event_id: int, choice: DesignChoice) -> None:
    change_design(
        installation.database, event_id, gallery.template_change(installation.settings, choice)
    )


@pytest.fixture
def listed(installation, event_id) -> int:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_organization(event, name="Harbour Friends")
    factories.add(installation.database, event_id, LIST)
    return event_id


def test_it_takes_the_place_of_the_picture_and_of_the_placement(installation, listed):
    database = installation.database
    factories.design(database, listed)
    use(installation, listed, chosen(database, listed, "minimal"))
    with database.reading() as session:
        design = session.get_one(Event, listed).design
        layout = designs.layout_of(design)
        assert template_size(session.connection(), design.template_sha256) == (3508, 2480)
    assert design.version == 2
    assert design.vector_sha256 is not None
    assert layout.field("title").content == "Certificate of Appreciation"
    assert layout.field("signature").content == "{organization}"
    assert layout.field("qr").shown


def test_a_text_that_does_not_fit_is_refused_and_changes_nothing(installation, listed):
    factories.design(installation.database, listed)
    choice = chosen(installation.database, listed, "minimal", title="Certificate " * 40)
    with pytest.raises(LayoutRefused):
        use(installation, listed, choice)
    with installation.database.reading() as session:
        assert session.get_one(Event, listed).design.version == 1


def test_a_record_says_what_the_list_says_as_picture_and_as_page(installation, listed):
    database = installation.database
    choice = chosen(database, listed, "record")
    assert dict(choice.cells) == {
        "project": ("text", "{event}"),
        "issuer": ("text", "{organization}"),
        "hours": ("column", "Hours"),
    }
    use(installation, listed, choice)
    [token] = factories.invite(installation, listed).values()
    with database.writing() as session:
        certificate = submit_name(
            session, installation.settings, installation.seal, token, "Ana Souza"
        )
        jpg, pdf = (
            drawing.render(session, installation.settings, certificate, format)
            for format in ("jpg", "pdf")
        )
    assert Image.open(io.BytesIO(jpg)).size == (3508, 2480)
    [page] = pymupdf.open(stream=pdf)
    assert page.get_images() == []
    for said in ("Ana Souza", "12.5", "Harbour Friends", "Record of volunteer service"):
        assert said in page.get_text()


@pytest.mark.parametrize("style", NEWER, ids=lambda style: style.name)
def test_a_newer_design_is_light_enough_to_be_mailed_and_stays_sharp(installation, listed, style):
    use(installation, listed, chosen(installation.database, listed, style.name))
    [token] = factories.invite(installation, listed).values()
    with installation.database.writing() as session:
        certificate = submit_name(
            session, installation.settings, installation.seal, token, "Alexandra O’Brien"
        )
        design = session.get_one(Event, listed).design
        file = drawing.render(session, installation.settings, certificate, "jpg")
    assert len(file) <= LIGHT_FILE
    assert design.jpeg_quality >= LIGHT
    if style.name == "axis":
        # What is light anyway loses nothing.
        assert design.jpeg_quality == BEST_QUALITY
