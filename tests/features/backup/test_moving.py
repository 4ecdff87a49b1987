"""An installation moves from one database to the other and back, and nobody loses anything."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail.queue.hold import count_held
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Volunteer
from shared.storage.sealing.key_rotation import count_lost
from shared.volunteers.people.search import backlog
from tests.installations import restore as restore_dump
from tests.installations.shown import people
from tests.support import factories
from tests.support.at_url import settings_of
from tests.support.moved import restored, stored_rows, written
from tests.support.upgraded import Upgraded, compare_certificates, empty_database, started

# What a restore writes itself: that mails are held, from which number on events go on, and that
# every place of a status list may have been given since.
_CHANGED = {"audit_entry", "event", "owner", "status_list"}
KINDS = ("sqlite", "postgresql")
VERSION, SCHEMA = "0.2.0", "0073"


@pytest.fixture(params=KINDS)
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Upgraded]:
    """An installation with all that there was in an earlier version, brought up to date."""
    with (
        empty_database(request, request.param, tmp_path) as url,
        started(VERSION, url, tmp_path) as opened,
    ):
        yield opened


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, Settings]]:
    """A place for an installation on each kind of database."""
    with ExitStack() as stack:
        found = {}
        for kind in KINDS:
            folder = tmp_path / f"on-{kind}"
            folder.mkdir()
            url = stack.enter_context(empty_database(request, kind, folder))
            found[kind] = settings_of(url, folder / "data", graph_url="http://127.0.0.1:9")
        yield found


def test_every_table_is_the_same_after_there_and_back(
    upgraded: Upgraded, places: dict[str, Settings], tmp_path: Path
):
    settings = upgraded.installation.settings
    before = stored_rows(settings.database_url)
    assert sum(map(len, before.values())) > 90
    first = settings.database_url.partition(":")[0].partition("+")[0]
    for kind in sorted(KINDS, key=lambda kind: kind == first):
        written(settings, tmp_path / f"to-{kind}.zip")
        settings = places[kind]
        restored(settings, tmp_path / f"to-{kind}.zip")
        after = stored_rows(settings.database_url)
        for table in before.keys() - _CHANGED:
            assert after[table] == before[table], table
    installation = open_installation(settings)
    _looks_as_before(installation, upgraded)
    installation.database.close()


def _looks_as_before(installation: Installation, upgraded: Upgraded) -> None:
    assert count_lost(installation.database, installation.seal) == 0
    with TestClient(create_app(installation)) as api:
        compare_certificates(Upgraded(installation, upgraded.expected, api))
        expected = upgraded.expected["people"]
        for token, answer in people(api, expected).items():
            assert answer["code"] == 0
            assert answer["data"]["email"] == expected[token]["data"]["email"]


@pytest.mark.parametrize(("made_on", "kind"), [KINDS, KINDS[::-1]])
def test_a_backup_of_an_earlier_schema_is_restored_and_brought_up_to_date(
    made_on: str,
    kind: str,
    request: pytest.FixtureRequest,
    places: dict[str, Settings],
    tmp_path: Path,
):
    with empty_database(request, made_on, tmp_path) as url:
        old = settings_of(url, tmp_path / "data")
        expected = restore_dump(VERSION, made_on, url, old.data_dir)
        assert written(old, tmp_path / "old.zip").schema == SCHEMA
    restored(places[kind], tmp_path / "old.zip")
    installation = open_installation(places[kind])
    with TestClient(create_app(installation)) as api:
        compare_certificates(Upgraded(installation, expected, api))
    assert count_lost(installation.database, installation.seal) == 0
    installation.database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_ids_go_on_and_everybody_is_found_after_a_restore(
    kind: str, installation: Installation, listed: int, places: dict[str, Settings], tmp_path: Path
):
    factories.invite(installation, listed)
    written(installation.settings, tmp_path / "copy.zip")
    restored(places[kind], tmp_path / "copy.zip")
    database = Database(places[kind].database_url)
    with database.writing() as session:
        newest = session.scalars(select(Volunteer.id).order_by(Volunteer.id.desc())).first()
        assert newest is not None
        # Up to whom the worker indexes everybody.
        assert backlog(session) == newest
        new = Volunteer(event_id=listed, email="x@x.org", email_key="x@x.org", number="x-1")
        session.add(new)
        session.flush()
        assert new.id > newest
        # Of mails of everybody who was there, nothing leaves before a person has decided.
        assert count_held(session, listed) == 2
    database.close()
