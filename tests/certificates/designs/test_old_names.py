"""Texts that still thank for another event are found, and say it right with one change."""

import pytest

from shared import events
from shared.certificates.designs.event_copy import copy_event
from shared.certificates.designs.old_names import OldName, old_names
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event, update_organization
from shared.rendering.layout import Field, Layout
from shared.storage.models import Event
from tests.support import designing, factories
from tests.support.drawn_designs import box

GALLERY_SENTENCE = "for volunteering at {}, with thanks for the time and care given."


def text(id: str, content: str) -> Field:
    return Field(
        id=id, kind="text", content=content, box=box(0.1, 0.7, 0.8, 0.09), minimum_size=0.01
    )


def place(installation: Installation, event_id: int, *fields: Field) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        designing.set_layout(session, event, Layout(fields=fields))


def rename(installation: Installation, event_id: int, name: str, organization: str = "") -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(name=name))
        update_organization(event, name=organization)


def found(installation: Installation, event_id: int) -> list[OldName]:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        return old_names(event.design, event)


def contents(installation: Installation, event_id: int) -> list[str]:
    return [one.content for one in found(installation, event_id)]


@pytest.fixture
def named(installation: Installation, event_id: int) -> int:
    """An event with a certificate, called Spring Run, of Green City."""
    rename(installation, event_id, "Spring Run", "Green City")
    factories.design(installation.database, event_id)
    return event_id


def test_a_renamed_event_is_found_in_its_texts_and_not_in_what_is_filled(
    installation: Installation, named: int
):
    place(
        installation, named,
        text("a", "For Spring Run by Green City"), text("b", "For {event}"), text("c", "Thanks"),
    )  # fmt: skip
    assert found(installation, named) == []
    rename(installation, named, "Autumn Run", "Green City")
    [one] = found(installation, named)
    assert (one.field, one.name, one.today) == ("a", "Spring Run", "Autumn Run")
    assert one.content == "For {event} by Green City"
    rename(installation, named, "Autumn Run", "Blue City")
    assert contents(installation, named) == ["For {event} by {organization}"]


def test_it_is_found_however_often_the_texts_were_moved_since(
    installation: Installation, named: int
):
    place(installation, named, text("a", "For Spring Run"))
    rename(installation, named, "Autumn Run")
    place(installation, named, text("a", "For Spring Run"), text("b", "More"))
    assert contents(installation, named) == ["For {event}"]
    place(installation, named, text("a", "For Autumn Run"))
    assert found(installation, named) == []
    rename(installation, named, "Winter Run")
    assert contents(installation, named) == ["For {event}"]


def test_a_copy_knows_how_its_origin_was_called(installation: Installation, named: int):
    place(installation, named, text("a", "For Spring Run, Green City"))
    with installation.database.writing() as session:
        source = events.event_for_change(session, named)
        copy = copy_event(session, installation.seal, source, name="Spring Run 2027").event.id
    assert contents(installation, copy) == ["For {event}, Green City"]


@pytest.mark.parametrize(
    "content",
    [
        "For Spring Run 2027",  # What it is called now.
        "For {column:Spring Run}",
        "The Spring Runners",
    ],
)
def test_a_name_counts_only_where_it_stands_for_itself(
    installation: Installation, named: int, content: str
):
    place(installation, named, text("a", content))
    rename(installation, named, "Spring Run 2027", "Green City")
    assert found(installation, named) == []


def test_a_chinese_name_is_found_between_other_words(installation: Installation, event_id: int):
    rename(installation, event_id, "城市马拉松")
    factories.design(installation.database, event_id)
    place(installation, event_id, text("a", "感谢您在城市马拉松中的志愿服务"))
    rename(installation, event_id, "城市越野跑")
    assert contents(installation, event_id) == ["感谢您在{event}中的志愿服务"]
