"""All that an address was thanked for: the link that the installation mails, and the page."""

import html
import re
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from api.pages import personal_link
from shared import events
from shared.access.keys import Access, names_opened_by
from shared.certificates.issuing import record_links
from shared.certificates.issuing.record_links import send_record_link
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.log.actor import AT_THE_MACHINE
from shared.mail.accounts import suppressions
from shared.mail.accounts.own import fill_from_settings, own_event, set_own_account
from shared.mail.queue.mailed_keys import key_of
from shared.privacy import deletion, erasure
from shared.privacy.own_data import held_about
from shared.storage.clock import database_time
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Role,
    Security,
    Suppression,
    Volunteer,
)
from tests.support.api_server import api, default_event, server_url
from tests.support.mailing import wait_until, working
from tests.support.pdf_texts import text_of
from tests.support.plain_sink import sink
from tests.support.smtp_sink import SmtpSink
from tests.support.thanked import ANA, thank

__all__ = ["api", "default_event", "server_url", "sink"]


@pytest.fixture
def own(installation: Installation, sink: SmtpSink) -> Event:
    """The installation has an account of its own, at the sink."""
    with installation.database.writing() as session:
        return set_own_account(
            session,
            installation,
            server_address=sink.host,
            smtp_port=sink.port,
            security=Security.NONE,
            skip_auth=True,
            username="desk@example.org",
        )


def ask(installation: Installation, address: str = ANA) -> int:
    return send_record_link(installation.database, installation.seal, address)


def asked(installation: Installation) -> list[Mail]:
    with installation.database.reading() as session:
        found = select(Mail).where(Mail.kind == "record_link").order_by(Mail.id)
        return list(session.scalars(found))


def key(installation: Installation) -> str:
    return key_of(installation.seal, asked(installation)[-1])


def let_pass(installation: Installation, passed: timedelta) -> None:
    with installation.database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.kind == "record_link")):
            mail.created_at -= passed


def test_the_link_comes_by_the_installations_account_and_opens_the_list(
    api: httpx.Client, installation: Installation, own: Event, sink: SmtpSink
) -> None:
    thank(installation, "Spring Run", "12")
    thank(installation, "Clean Beach", "8.5")
    assert ask(installation, " ANA@Example.org ") == 1
    with working(installation):
        wait_until(lambda: asked(installation)[0].state is MailState.SENT)
    [mail] = sink.received
    assert "desk@example.org" in mail.message["From"]
    assert mail.message["To"] == "Ana@example.org"
    text = mail.message.get_body(("plain",)).get_content()
    [link] = re.findall(r"\S+/record\?key=\S+", text)
    page = api.get(f"/record?key={link.partition('key=')[2]}&lang=en").text
    assert "20.5 hours" in page
    assert page.index("Clean Beach") < page.index("Spring Run")
    assert "Not listed: deleted events" in page
    [of_pdf] = re.findall(r'href="(record\.pdf\?[^"]+)"', page)
    pdf = api.get(f"/{html.unescape(of_pdf)}")
    assert (pdf.headers["content-type"], pdf.headers["cache-control"]) == (
        "application/pdf",
        "no-store",
    )
    assert "20.5 hours" in text_of(pdf.content)


@pytest.mark.parametrize("address", [ANA, "nobody@example.org", "no address"])
def test_the_answer_is_the_same_whoever_is_asked_for(
    api: httpx.Client,
    installation: Installation,
    own: Event,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setattr(personal_link, "DELAY_SECONDS", (0.0, 0.0))
    thank(installation, "Spring Run", "12")
    answer = api.post("/record", params={"lang": "en"}, data={"address": address})
    assert (answer.status_code, answer.headers["location"]) == (303, "record-asked?lang=en")
    if address == ANA:
        wait_until(lambda: len(asked(installation)) == 1)


def test_who_is_on_no_list_gets_no_mail(installation: Installation, own: Event) -> None:
    thank(installation, "Spring Run", "12")
    assert ask(installation, "nobody@example.org") == ask(installation, "no address") == 0
    assert asked(installation) == []


def test_three_links_an_hour_are_sent_to_an_address(installation: Installation, own: Event) -> None:
    thank(installation, "Spring Run", "12")
    assert [ask(installation) for _ in range(4)] == [1, 1, 1, 0]
    let_pass(installation, timedelta(hours=1))
    assert ask(installation) == 1


def test_who_gets_no_more_mail_from_the_account_gets_none(
    installation: Installation, own: Event
) -> None:
    thank(installation, "Spring Run", "12")
    with installation.database.writing() as session:
        values = own.account_id, {ANA}, Suppression.DEAD, database_time(session)
        suppressions.suppress(session, installation.seal, *values)
    assert ask(installation) == 0


def test_a_link_works_for_a_day_and_no_other_key_opens_anything(
    api: httpx.Client, installation: Installation, own: Event
) -> None:
    thank(installation, "Spring Run", "12")
    ask(installation)
    assert api.get("/record", params={"key": key(installation)}).status_code == 200
    assert api.get("/record", params={"key": key(installation)[:-1] + "~"}).status_code == 404
    let_pass(installation, record_links.LASTS + timedelta(minutes=1))
    over = api.get("/record", params={"key": key(installation), "lang": "en"})
    assert (over.status_code, "works for 24 hours" in over.text) == (404, True)
    assert api.get("/record.pdf", params={"key": key(installation)}).status_code == 404


def test_it_goes_with_the_last_person_of_the_address(
    api: httpx.Client, installation: Installation, own: Event
) -> None:
    event_id = thank(installation, "Spring Run", "12")
    ask(installation)
    opening = {"key": key(installation)}
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        of_event = Volunteer.event_id == event_id, Volunteer.email_key == ANA
        ana = session.scalars(select(Volunteer).where(*of_event)).one()
        held = held_about(session, ana, "en")
        assert len(held["links_to_all_that_you_did_asked_for_at"]) == 1
        erasure.erase(session, installation.seal, event_id, ana.id)
    assert api.get("/record", params=opening).status_code == 404
    [mail] = asked(installation)
    assert (mail.address, mail.state) == ("", MailState.CANCELLED)


def test_what_was_asked_for_is_removed_after_two_days(
    installation: Installation, own: Event
) -> None:
    thank(installation, "Spring Run", "12")
    ask(installation)
    assert deletion.remove_record_links(installation.database) == 0
    let_pass(installation, 2 * record_links.LASTS + timedelta(minutes=1))
    assert deletion.remove_record_links(installation.database) == 1
    assert asked(installation) == []
    with installation.database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []


def test_without_an_account_the_page_offers_the_link_of_each_event(
    api: httpx.Client, installation: Installation
) -> None:
    thank(installation, "Spring Run", "12")
    assert "/personal-link" in api.get("/record").text
    assert ask(installation) == 0


def test_the_installations_own_event_is_on_no_list_and_cannot_be_deleted(
    installation: Installation, own: Event
) -> None:
    with installation.database.writing() as session:
        opened = names_opened_by(session, Access(Role.OWNER, None))
        assert own.id not in [one.id for one in opened]
        with pytest.raises(ProductError):
            deletion.check_deletable(session, events.event_for_change(session, own.id))


def test_the_server_of_the_owners_notices_fills_it_once(installation: Installation) -> None:
    installation.settings.notify_smtp = SecretStr("smtps://watch%40example.org:s3cret@127.0.0.1:1")
    fill_from_settings(installation)
    installation.settings.notify_smtp = SecretStr("smtps://other%40example.org:x@127.0.0.1:2")
    fill_from_settings(installation)
    with installation.database.reading() as session:
        event = own_event(session)
        assert event
        assert event.account
        assert (event.account.username, event.account.port) == ("watch@example.org", 1)
