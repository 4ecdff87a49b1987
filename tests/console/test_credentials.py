"""The owner sees who signs, makes issuers, lets them sign for events, and changes their keys."""

import pytest
from sqlalchemy import select

from shared.access.roles import Role
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.credentials import issuers
from shared.features.credentials.models import Issuer, IssuerKey, IssuerLogo
from shared.storage.models import Action, AuditEntry
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, press, told
from tests.support.factories import small_picture

OWN = issuers.INSTALLATION


def keys(installation: Installation, slug: str) -> list[IssuerKey]:
    with installation.database.reading() as session:
        return list(issuers.keys_of(session, issuers.find(session, slug)))


@pytest.fixture
def rotary(open_screen: Open, installation: Installation, event_id: int) -> str:
    """An issuer that was made on the screen."""
    screen = open_screen("issuers", event_id)
    screen.text_input(key="credentials.issuer.slug.0").set_value("rotary")
    screen.text_input(key="credentials.issuer.name..0").set_value("Rotary Club")
    screen.text_input(key="credentials.issuer.page..0").set_value("https://rotary.example")
    screen.file_uploader(key="credentials.issuer.logo..0").set_value(
        ("logo.png", small_picture("red"), "image/png")
    )
    screen = press(screen, "Create the issuer")
    assert "Issuer created: Rotary Club." in told(screen)
    return "rotary"


def test_another_issuer_is_made_with_its_logo_and_signs_for_an_event(
    open_screen: Open, installation: Installation, event_id: int, rotary: str
) -> None:
    with installation.database.reading() as session:
        stored = session.scalars(select(Issuer).where(Issuer.slug == rotary)).one()
        logo = session.scalars(select(IssuerLogo)).one()
    assert (stored.name, stored.page) == ("Rotary Club", "https://rotary.example")
    assert (logo.issuer_id, logo.sha256) == (stored.id, stored.logo)
    assert logo.content.startswith(b"\x89PNG")
    screen = open_screen("issuers", event_id)
    fill(screen, "Event", event_id)
    fill(screen, "Issuer", rotary)
    screen = press(screen, "Let it sign")
    with installation.database.reading() as session:
        assert issuers.ids_of(session, [event_id]) == {event_id: stored.id}
    assert "Signs for: Harbour Run 2026" in [text.value for text in screen.markdown]
    key = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("settings", event_id, token=key)
    said = "Nothing is signed, because others cannot reach this installation."
    assert said in [text.value for text in screen.markdown]


def test_events_and_issuers_of_one_name_are_told_apart(
    open_screen: Open, installation: Installation, event_id: int, rotary: str
) -> None:
    with installation.database.writing() as session:
        another = create_event(session, name="Harbour Run 2026")[0].id
        issuers.create(session, "rotary-north", "Rotary Club", "https://rotary.example")
    screen = open_screen("issuers", event_id)
    assert screen.selectbox(key="credentials.assign.event").options == [
        f"Harbour Run 2026 ({event_id})",
        f"Harbour Run 2026 ({another})",
    ]
    fill(screen, "Event", another)
    fill(screen, "Issuer", "rotary-north")
    press(screen, "Let it sign")
    with installation.database.reading() as session:
        north = issuers.find(session, "rotary-north")
        assert issuers.ids_of(session, [event_id, another]) == {another: north.id}


def test_what_is_wrong_about_an_issuer_is_said_in_place(open_screen: Open, event_id: int) -> None:
    screen = open_screen("issuers", event_id)
    screen.text_input(key="credentials.issuer.slug.0").set_value("Rotary Club")
    screen = press(screen, "Create the issuer")
    assert screen.error[0].value.startswith("Short name of the issuer: must be up to 40")
    screen.text_input(key="credentials.issuer.slug.0").set_value("rotary")
    screen.file_uploader(key="credentials.issuer.logo..0").set_value(
        ("logo.png", b"GIF89a", "image/png")
    )
    screen = press(screen, "Create the issuer")
    assert "A picture of the kind GIF cannot be used" in screen.error[0].value


def test_an_issuer_is_described_anew(
    open_screen: Open, installation: Installation, event_id: int, rotary: str
) -> None:
    screen = open_screen("issuers", event_id)
    screen.text_input(key="credentials.issuer.name.rotary.0").set_value("Rotary Northside")
    screen.button(key="credentials.save.rotary").click().run()
    with installation.database.reading() as session:
        stored = session.scalars(select(Issuer).where(Issuer.slug == rotary)).one()
    assert (stored.name, bool(stored.logo)) == ("Rotary Northside", True)


def test_a_key_is_followed_by_another_and_given_up_only_by_who_is_sure(
    open_screen: Open, installation: Installation, event_id: int, rotary: str
) -> None:
    screen = open_screen("issuers", event_id)
    assert screen.button(key="credentials.leaked.rotary").disabled
    screen = screen.button(key="credentials.rotate.rotary").click().run()
    screen = screen.button(key="credentials.rotate.rotary").click().run()
    assert [bool(one.retired_at) for one in keys(installation, rotary)] == [True, False]
    assert screen.button(key="credentials.leaked.rotary").disabled
    screen = screen.checkbox[-1].check().run()
    screen = screen.button(key="credentials.leaked.rotary").click().run()
    assert [bool(one.leaked_at) for one in keys(installation, rotary)] == [True, True, False]
    assert any("You cannot undo this" in text.value for text in screen.markdown)
    assert screen.button(key="credentials.leaked.rotary").disabled
    with installation.database.reading() as session:
        changed = AuditEntry.action == Action.ISSUER_KEY_CHANGED
        entries = session.scalars(select(AuditEntry).where(changed).order_by(AuditEntry.id)).all()
    assert [(one.by_role, one.fields) for one in entries] == [
        (Role.OWNER, []),
        (Role.OWNER, []),
        (Role.OWNER, ["leaked"]),
    ]


def test_it_is_for_the_owner_alone(
    open_screen: Open, installation: Installation, event_id: int
) -> None:
    key = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("issuers", event_id, token=key)
    assert "Your role does not allow this" in screen.info[0].value
    assert not screen.button
    links = [link.label for link in screen.sidebar.get("page_link")]
    assert "Issuers" not in links
    owners = open_screen("issuers", event_id).sidebar.get("page_link")
    assert "Issuers" in [link.label for link in owners]
