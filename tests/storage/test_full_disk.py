"""The disk is full: each service says so, nothing is lost, and work goes on once there is room."""

import html
import logging
import os
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from shared.errors import DISK_FULL
from shared.events.installation import Installation
from shared.preflight import flight_check
from shared.preflight.flight_check import check_disk
from shared.storage.database import DATABASE_AWAY, is_disk_full
from shared.storage.models import Event, Volunteer
from shared.worker.mark import Mark
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, server_url
from tests.support.calls import owners
from tests.support.front_door import visitor_at
from tests.support.full_disk import full_disk
from tests.support.mailing import have_left, invite, use_sink, wait_until, working
from tests.support.one_database import database_url
from tests.support.plain_sink import sink
from tests.support.smtp_sink import SmtpSink

__all__ = ["api", "database_url", "default_event", "server_url", "sink"]

MANY = [f"somebody-with-a-long-name-{number}@example.org" for number in range(3000)]


def test_a_call_is_told_so_and_can_be_repeated(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    with full_disk(installation.database):
        asked = {"token": OWNER_TOKEN, "email": MANY}
        refused = api.post("/api/addUserData", json=asked)
        assert refused.status_code == 503
        assert refused.json()["message"] == DISK_FULL
        assert "Retry-After" in refused.headers
        assert owners(api, "email", action="query")["code"] == 0
        assert api.get("/health").status_code == 200
    assert owners(api, "addUserData", email=MANY)["code"] == 0
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Volunteer)) == len(MANY)


def test_who_signs_in_to_the_console_reads_it_on_the_page(installation: Installation) -> None:
    browser = visitor_at(installation)
    with full_disk(installation.database):
        tries = (browser.post("/signin", data={"token": OWNER_TOKEN}) for _ in range(500))
        refused = next(one for one in tries if one.status_code != 303)
        assert refused.status_code == 503
        assert "This installation's disk is full," in html.unescape(refused.text)
    assert browser.post("/signin", data={"token": OWNER_TOKEN}).status_code == 303


def test_a_worker_waits_says_why_and_sends_each_mail_once(
    installation: Installation,
    event_id: int,
    sink: SmtpSink,
    caplog: pytest.LogCaptureFixture,
) -> None:
    use_sink(installation, event_id, sink)
    addresses = invite(installation, event_id, 400)
    with caplog.at_level(logging.WARNING), full_disk(installation.database):
        with working(installation):
            wait_until(lambda: "This installation's disk is full," in caplog.text, 60)
        assert len(sink.received) < len(addresses)
    with working(installation):
        wait_until(lambda: have_left(installation, len(addresses)), 120)
    assert set(sink.recipients()) == set(addresses)
    # What left in the very moment is sent again, if at all, with the same Message-ID.
    assert len(set(sink.message_ids())) == len(addresses)


def test_a_full_folder_of_data_holds_no_mail(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    folder = installation.settings.data_dir
    # The kernel's own full device, in place of the draft that is written.
    Path(folder / f".sent.json.{os.getpid()}.part").symlink_to("/dev/full")
    with caplog.at_level(logging.WARNING):
        Mark(folder).compare(installation.database)
    assert "No space left on device" in caplog.text


def test_the_check_before_a_sending_tells_of_a_disk_that_is_nearly_full(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_disk(installation.settings) == []
    monkeypatch.setattr(flight_check, "LITTLE_SPACE", 2**60)
    (found,) = check_disk(installation.settings)
    assert "are free on this installation's disk" in found.said("en")


def test_another_trouble_is_no_full_disk(installation: Installation) -> None:
    with pytest.raises(DATABASE_AWAY) as fault, installation.database.reading() as session:
        session.connection().exec_driver_sql("SELECT * FROM nothing_of_this_name")
    assert not is_disk_full(fault.value)
    assert is_disk_full(OSError(28, "No space left on device"))
