"""Before a sending it is said what the sheet says of the event that is old, empty or missing."""

from shared import events
from shared.certificates.designs import designs, gallery
from shared.certificates.designs.changes import NamesOfToday, change_design
from shared.certificates.issuing.samples import first_look
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event, update_organization
from shared.findings import Level
from shared.preflight.certificate_check import OLD_NAME, check_facts
from shared.preflight.checks import check_before_queueing
from shared.rendering.design import render_certificate
from shared.rendering.gallery.catalogue import style_named
from shared.rendering.layout import Field, Layout, standard_layout
from shared.storage.models import Event, Volunteer
from tests.support import designing, factories
from tests.support.drawn_designs import box


def said(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        found = check_facts(session, session.get_one(Event, event_id))
    assert {one.level for one in found} <= {Level.AMBER}
    assert all(one.said("zh") != one.said("en") for one in found)
    return [one.said("en") for one in found]


def rename(installation: Installation, event_id: int, name: str, organization: str) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(name=name))
        update_organization(event, name=organization)


def place(installation: Installation, event_id: int, *contents: str) -> None:
    fields = [
        Field(
            id=f"t{n}", kind="text", content=one, box=box(0.1, n / 9, 0.8, 0.09), minimum_size=0.01
        )
        for n, one in enumerate(contents)
    ]
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        designing.set_layout(session, event, Layout(fields=(*standard_layout().fields, *fields)))


def use_gallery(installation: Installation, event_id: int, style: str) -> None:
    choice = gallery.choice_for(style_named(style), gallery.Taste("en"), [])
    wished = gallery.template_change(installation.settings, choice)
    change_design(installation.database, event_id, wished)


def test_an_old_name_is_said_until_one_press_lets_the_sheet_say_todays(
    installation: Installation, event_id: int
):
    rename(installation, event_id, "Spring Run", "Green City")
    factories.design(installation.database, event_id)
    place(installation, event_id, "For Spring Run by Green City")
    assert said(installation, event_id) == []
    rename(installation, event_id, "Autumn Run", "Green City")
    old = "A text on the certificate says “Spring Run”, but the name is now “Autumn Run”."
    assert said(installation, event_id) == [old]
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        found = check_before_queueing(session, installation.settings, event)
        assert [one.level for one in found if one.words == OLD_NAME] == [Level.AMBER]
    change_design(installation.database, event_id, NamesOfToday())
    assert said(installation, event_id) == []
    with installation.database.reading() as session:
        layout = designs.layout_of(session.get_one(Event, event_id).design)
    assert layout.field("t0").content == "For {event} by Green City"


def test_a_place_that_stays_empty_is_said(installation: Installation, event_id: int):
    factories.design(installation.database, event_id)
    place(installation, event_id, "By {organization}", "{column:Hours} hours, {column:Team}")
    factories.add(installation.database, event_id, "email,Team\nana@example.org,Water")
    column, empty = said(installation, event_id)
    assert "{organization} would be empty" in empty
    assert "{column:Hours}" in column
    rename(installation, event_id, "Run", "Green City")
    assert said(installation, event_id) == [column]


def test_our_own_sheet_without_an_organization_says_so_and_an_own_picture_does_not(
    installation: Installation, event_id: int
):
    rename(installation, event_id, "Run", "Green City")
    use_gallery(installation, event_id, "waves")
    assert said(installation, event_id) == []
    place(installation, event_id, "Thanks")
    assert said(installation, event_id) == ["The certificate does not name your organization."]
    place(installation, event_id, "Thanks from Green City")
    assert said(installation, event_id) == []
    factories.design(installation.database, event_id)
    place(installation, event_id, "Thanks")
    assert said(installation, event_id) == []


def test_the_first_look_is_of_the_first_who_would_get_one_and_otherwise_says_it_is_a_sample(
    installation: Installation, event_id: int
):
    def look():
        with installation.database.reading() as session:
            event = session.get_one(Event, event_id)
            return first_look(session, installation.settings, event)

    assert look() is None
    factories.design(installation.database, event_id)
    assert look().is_sample
    factories.add(installation.database, event_id, "email,number\nana@example.org,HR-7")
    assert (look().is_sample, look().facts.number) == (True, "HR-7")
    names = "email,name\nbo@example.org,𒀀𒀁\ncy@example.org,Cy Lund"
    factories.add(installation.database, event_id, names)
    with installation.database.reading() as session:
        assert session.query(Volunteer).count() == 3
    found = look()
    assert (found.is_sample, found.facts.name) == (False, "Cy Lund")
    assert render_certificate(found.design, found.facts, "jpg").startswith(b"\xff\xd8")
