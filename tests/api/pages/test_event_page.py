"""The public page of an event: what its organizer publishes, and who agreed to be shown there."""

import io
import re

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.acts.run import apply
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.events import event_for_change, event_page
from shared.events.installation import Installation
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, Event, Mail, MailState, Status, Volunteer
from tests.support import factories
from tests.support.acting import issue_in_turns, of
from tests.support.api_server import Invited, ana, api, default_event, invite, server_url
from tests.support.list_columns import say
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

IMAGES = "certificates/{}.jpg?width=600"


@pytest.fixture
def page_id(installation: Installation, default_event: Event) -> str:
    """The id of the default event's page, which is published."""
    return publish(installation, default_event.id)


def publish(installation: Installation, event_id: int, **said: object) -> str:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        event_page.publish(session, event, **({"thanks": "", "is_listed": False} | said))  # type: ignore[arg-type]
        assert event.page_id
        return event.page_id


def answer(api: httpx.Client, who: Invited, show: str) -> int:
    return api.post("/wall", data={"token": who.token, "show": show}).status_code


def test_an_event_has_no_page_before_somebody_publishes_it_and_none_once_it_is_closed(
    installation: Installation, api: httpx.Client, default_event: Event
):
    assert api.get("/event/None").status_code == 404
    page_id = publish(installation, default_event.id)
    assert api.get(f"/event/{page_id}").status_code == 200
    assert api.get(f"/event/{default_event.id}").status_code == 404
    with installation.database.writing() as session:
        event_page.close(session, event_for_change(session, default_event.id))
    assert api.get(f"/event/{page_id}").status_code == 404
    assert publish(installation, default_event.id) == page_id


def test_it_says_people_and_public_hours_and_thanks_and_nothing_of_the_list(
    installation: Installation, api: httpx.Client, default_event: Event, page_id: str
):
    people = "email,name,hours,shirt\nana@example.org,Ana Lima,1030,XL\nbo@example.org,Bo Lee,4,S"
    factories.design(installation.database, default_event.id)
    factories.add(installation.database, default_event.id, f"{people}\ncy@example.org,,7,M")
    say(installation, default_event.id, "hours", is_public=True)
    assert "<dd>" not in api.get(f"/event/{page_id}?lang=en").text
    issue_in_turns(installation, default_event.id)
    say(installation, default_event.id, "hours", is_public=False)
    assert "1,034" not in api.get(f"/event/{page_id}?lang=en").text
    say(installation, default_event.id, "hours", is_public=True)
    publish(installation, default_event.id, thanks="You were <great>.")
    text = api.get(f"/event/{page_id}?lang=en").text
    assert "<dd>2</dd><dt>volunteers</dt>" in text
    assert "<dd>1,034</dd><dt>hours</dt>" in text
    assert "2 volunteers helped, for 1,034 hours." in text
    assert "You were &lt;great&gt;." in text
    assert not [secret for secret in ("Ana", "example.org", "XL") if secret in text]


def test_one_volunteer_and_one_hour_are_counted_as_one(
    installation: Installation, api: httpx.Client, default_event: Event, page_id: str
):
    factories.design(installation.database, default_event.id)
    only = "email,name,hours\nana@example.org,Ana Lima,1"
    factories.add(installation.database, default_event.id, only)
    say(installation, default_event.id, "hours", is_public=True)
    issue_in_turns(installation, default_event.id)
    assert "1 volunteer helped, for 1 hour." in api.get(f"/event/{page_id}?lang=en").text
    assert "1 位志愿者参与，共 1 小时。" in api.get(f"/event/{page_id}?lang=zh").text
    say(installation, default_event.id, "hours", is_public=False)
    assert "1 volunteer helped." in api.get(f"/event/{page_id}?lang=en").text


def test_search_engines_are_asked_to_stay_away_unless_it_is_wished(
    installation: Installation, api: httpx.Client, default_event: Event, page_id: str
):
    found = api.get(f"/event/{page_id}")
    assert "noindex" in found.text
    assert found.headers["cache-control"] == "public, max-age=300"
    publish(installation, default_event.id, is_listed=True)
    assert "noindex" not in api.get(f"/event/{page_id}").text


def test_a_certificate_is_shown_only_as_long_as_its_owner_agrees(
    installation: Installation, api: httpx.Client, default_event: Event, ana: Invited, page_id: str
):
    bo = invite(installation, default_event.id, "bo@example.org")
    shown = [store_name(installation, who.token, name) for who, name in ((ana, "Ana"), (bo, "Bo"))]
    page = f"/event/{page_id}"
    assert "certificates/" not in api.get(page).text
    assert answer(api, ana, "yes") == 303
    assert answer(api, ana, "yes") == 303
    text = api.get(page).text
    assert IMAGES.format(shown[0].public_id) in text
    assert shown[1].public_id not in text
    answer(api, ana, "no")
    assert shown[0].public_id not in api.get(page).text


def test_who_has_no_certificate_or_no_published_page_is_not_shown(
    installation: Installation, api: httpx.Client, default_event: Event, ana: Invited
):
    assert answer(api, ana, "yes") == 303
    store_name(installation, ana.token, "Ana")
    assert answer(api, ana, "yes") == 303
    assert api.post("/wall", data={"token": "nobody's", "show": "yes"}).status_code == 404
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate.on_wall_at)).all() == [None]


def test_withdrawing_correcting_and_erasing_end_the_agreement(
    installation: Installation, api: httpx.Client, default_event: Event, ana: Invited, page_id: str
):
    database, page = installation.database, f"/event/{page_id}"

    def is_shown() -> bool:
        return "certificates/" in api.get(page).text

    store_name(installation, ana.token, "Ana")
    answer(api, ana, "yes")
    assert is_shown()
    with database.writing() as session:
        apply(session, Withdraw(of(ana.id), "A mistake"), default_event.id)
    assert not is_shown()
    with database.writing() as session:
        apply(session, UndoWithdrawal(of(ana.id)), default_event.id)
    assert not is_shown()
    answer(api, ana, "yes")
    assert is_shown()
    store_name(installation, ana.token, "Ana Lima")
    assert not is_shown()
    answer(api, ana, "yes")
    assert is_shown()
    with database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
    erase_person(database, installation.seal, person, None)
    assert not is_shown()
    with database.reading() as session:
        assert set(session.scalars(select(Certificate.on_wall_at))) == {None}


def test_the_personal_page_asks_and_says_how_to_end_it(
    installation: Installation, api: httpx.Client, default_event: Event, ana: Invited, page_id: str
):
    store_name(installation, ana.token, "Ana")
    with installation.database.writing() as session:
        session.get_one(Volunteer, ana.id).status = Status.MAILED
        for mail in session.scalars(select(Mail).where(Mail.certificate_id.is_not(None))):
            mail.state = MailState.SENT
    address = f"/certificate?token={ana.token}&lang=en"
    assert "Yes, show it there" in api.get(address).text
    answer(api, ana, "yes")
    assert "Remove it from there" in api.get(address).text
    with installation.database.writing() as session:
        event_page.close(session, event_for_change(session, default_event.id))
    assert "show it there" not in api.get(address).text.lower()


def test_more_certificates_than_a_page_shows_are_on_the_next_one(
    installation: Installation, api: httpx.Client, default_event: Event, page_id: str
):
    people = "email,name\n" + "".join(f"v{n}@example.org,V {n}\n" for n in range(30))
    factories.design(installation.database, default_event.id)
    factories.add(installation.database, default_event.id, people)
    issue_in_turns(installation, default_event.id)
    with installation.database.writing() as session:
        for one in session.scalars(select(Certificate)):
            one.on_wall_at = one.created_at
    pages = [api.get(f"/event/{page_id}?page={number}").text for number in (1, 2, 9)]
    assert [text.count("loading=") for text in pages] == [24, 6, 6]
    # Names are read without the pictures, which have their room before they arrive.
    assert "<bdi>V 0</bdi>" in pages[0]
    assert pages[0].count(' width="600" height="424" loading=') == 24
    assert f'<meta property="og:url" content="{installation.settings.public_url}/event/' in pages[0]


def test_a_link_to_it_is_shown_with_its_picture_and_a_poster_leads_there(
    installation: Installation, api: httpx.Client, default_event: Event, page_id: str
):
    factories.design(installation.database, default_event.id)
    text = api.get(f"/event/{page_id}?lang=en").text
    [card] = re.findall(r'<meta property="og:image" content="[^"]*(/event/[^"]+)">', text)
    with Image.open(io.BytesIO(api.get(card).content)) as picture:
        assert (picture.size, picture.format) == ((1200, 630), "JPEG")
    [poster] = re.findall(r'href="([^"]+/poster.pdf[^"]*)"', text)
    assert api.get(f"/event/{poster}").content.startswith(b"%PDF")
    with installation.database.writing() as session:
        event_page.close(session, event_for_change(session, default_event.id))
    for gone in (card, f"/event/{poster}"):
        assert api.get(gone).status_code == 404
