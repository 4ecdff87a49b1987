"""A person's own page tells what is held about them, and lets them end it."""

import httpx
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.mail.queue.mailed_keys import key_of
from shared.storage.clock import database_time
from shared.storage.models import Mail, MailState, Volunteer
from shared.volunteers.people.progress import history
from shared.volunteers.people.roster import change_address
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


def queued_key(installation: Installation) -> str:
    with installation.database.reading() as session:
        mail = session.scalars(select(Mail).where(Mail.kind == "erasure")).one()
        assert mail.state is MailState.QUEUED
        return key_of(installation.seal, mail)


def ana_is_erased(installation: Installation) -> bool:
    with installation.database.reading() as session:
        return session.scalars(select(Volunteer.erased_at)).one() is not None


def test_everything_is_shown_and_downloaded(
    api: httpx.Client, ana: Invited, installation: Installation
):
    store_name(installation, ana.token, "Ana Lima")
    with installation.database.writing() as session:
        person = session.scalars(
            select(Volunteer).where(Volunteer.email == "ana@example.org")
        ).one()
        change_address(session, installation.seal, person, "ana.lima@example.org")
    own = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert f"my-data?token={ana.token}" in own
    page = api.get("/my-data", params={"token": ana.token, "lang": "en"}).text
    assert "Ana Lima" in page
    assert "is responsible for what is kept of you" in page
    before = page.partition("On the list before it was corrected</dt>")[2]
    assert before.startswith("<dd><bdi>ana@example.org</bdi></dd>")
    assert "负责" in api.get("/my-data", params={"token": ana.token, "lang": "zh"}).text
    file = api.get("/my-data.json", params={"token": ana.token})
    assert "attachment" in file.headers["content-disposition"]
    assert file.json()["person"]["name_given"] == "Ana Lima"


def test_a_wrong_link_shows_nothing(api: httpx.Client, ana: Invited):
    for path in ("/my-data", "/my-data.json"):
        assert api.get(path, params={"token": "wrong"}).status_code == 404
    assert api.post("/my-data/erase", data={"token": "wrong"}).status_code == 404
    assert api.get("/erase", params={"key": "1-wrong"}).status_code == 404
    assert api.post("/erase", params={"key": "1-wrong"}).status_code == 404


def test_reminders_are_ended_there(api: httpx.Client, ana: Invited):
    page = api.get("/my-data", params={"token": ana.token, "lang": "en"}).text
    action = page.partition('<form method="post" action="reminders/')[2].partition('"')[0]
    assert "No more invitations and reminders" in api.post(f"/reminders/{action}").text
    page = api.get("/my-data", params={"token": ana.token, "lang": "en"}).text
    assert "You get no more invitations" in page


def test_a_look_at_the_link_erases_nobody_and_the_press_does(
    api: httpx.Client, ana: Invited, installation: Installation
):
    asked = api.post("/my-data/erase?lang=en", data={"token": ana.token}, follow_redirects=True)
    assert "is on its way to" in asked.text
    again = api.post("/my-data/erase?lang=en", data={"token": ana.token}, follow_redirects=True)
    assert "a short while ago" in again.text
    key = queued_key(installation)
    looked = api.get("/erase", params={"key": key, "lang": "en"})
    assert "Erase it permanently" in looked.text
    assert api.head("/erase", params={"key": key}).status_code in (200, 405)
    assert not ana_is_erased(installation)
    assert api.get("/my-data", params={"token": ana.token}).status_code == 200
    done = api.post("/erase", params={"key": key, "lang": "en"})
    assert "Your data was erased" in done.text
    assert ana_is_erased(installation)
    assert "Your data was erased" in api.get("/erase", params={"key": key, "lang": "en"}).text
    assert api.get("/my-data", params={"token": ana.token}).status_code == 404


def test_whose_address_is_kept_no_longer_is_told_whom_to_ask(
    api: httpx.Client, ana: Invited, installation: Installation
):
    with installation.database.writing() as session:
        person = session.scalars(select(Volunteer)).one()
        person.email, person.address_forgotten_at = "", database_time(session)
    asked = api.post("/my-data/erase?lang=en", data={"token": ana.token}, follow_redirects=True)
    assert "Your address is no longer kept" in asked.text
    assert "Mail me the link" not in asked.text
    with installation.database.reading() as session:
        assert not session.scalars(select(Mail).where(Mail.kind == "erasure")).all()


def test_an_address_in_another_script_is_read_as_it_is_written(
    api: httpx.Client, ana: Invited, installation: Installation
):
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, ana.id)
        person.email = person.email_key = "ana@xn--bcher-kva.example"
    for path in ("/certificate", "/my-data"):
        page = api.get(path, params={"token": ana.token, "lang": "en"}).text
        assert "ana@bücher.example" in page
        assert "xn--" not in page
    store_name(installation, ana.token, "Ana Lima")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.kind == "certificate")).one()
        mail.address, mail.sent_at = person.email, database_time(session)
        session.flush()
        told = [entry.details.get("address") for entry in history(session, person)]
    assert "ana@bücher.example" in told
