"""A key is replaced: every link keeps working, and in the end the old key opens nothing."""

import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.event import listens_for

from api.calls.configuration import OrgConfig, configure
from shared import events
from shared.acts.remove import remove
from shared.certificates.issuing import submission
from shared.destinations import PUBLIC
from shared.errors import InvitationUnknown, SettingRefused
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts import sending_account
from shared.privacy.erasure import erase_person
from shared.storage.database import Database
from shared.storage.models import Base, Event, Volunteer
from shared.storage.sealing import key_rotation
from shared.storage.sealing.key_rotation import (
    SEALED,
    SHORT_LIVED,
    Sealed,
    all_sealed,
    count_lost,
    rotate_keys,
    sealed_kinds,
)
from shared.storage.sealing.passwords import early_binding_of, open_password
from shared.storage.sealing.tokens import Seal, new_token
from tests.support.factories import add, invite
from tests.support.services import environment

OLD, BOTH, NEW = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])


@pytest.fixture
def tokens(installation: Installation, event_id: int) -> list[str]:
    """The links of three people, and two passwords, all sealed with the old key."""
    before = replace(installation, seal=OLD)
    add(installation.database, event_id, "ana@example.org\nbo@example.org\nchen@example.org")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(
            session, OLD, event, username="thanks@example.org", password="s3cret"
        )
        other, _ = create_event(session, name="Clean Beach")
        # An organizer may send the password before the user name.
        configure(session, OLD, other, OrgConfig(token="", password="early"), PUBLIC)
    return list(invite(before, event_id).values())


def all_found(database: Database, seal: Seal, tokens: list[str]) -> bool:
    with database.reading() as session:
        found = [submission.find_volunteer(session, seal, token) for token in tokens]
        return [seal.open_token(person.token) for person in found if person.token] == tokens


def passwords(database: Database, seal: Seal, event_id: int) -> list[str]:
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
        early = session.scalars(select(Event).where(Event.name == "Clean Beach")).one()
        return [
            open_password(seal, account),
            seal.open_bound(early.early_account["password"], early_binding_of(early)),
        ]


def test_links_and_passwords_open_before_and_after_and_then_without_the_old_key(
    database: Database, event_id: int, tokens: list[str]
):
    assert all_found(database, BOTH, tokens)
    assert passwords(database, BOTH, event_id) == ["s3cret", "early"]
    assert rotate_keys(database, BOTH) == Counter(links=3, passwords=2)
    for seal in (BOTH, NEW):
        assert all_found(database, seal, tokens)
        assert passwords(database, seal, event_id) == ["s3cret", "early"]
    with pytest.raises(SettingRefused):
        passwords(database, OLD, event_id)
    with pytest.raises(InvitationUnknown):
        all_found(database, OLD, tokens)


@pytest.mark.usefixtures("tokens")
def test_rotating_twice_changes_nothing_the_second_time(database: Database, event_id: int):
    rotate_keys(database, BOTH)
    with database.reading() as session:
        sealed = session.get_one(Event, event_id).account.sealed_password
    assert rotate_keys(database, BOTH) == Counter()
    with database.reading() as session:
        assert session.get_one(Event, event_id).account.sealed_password == sealed


def test_what_the_new_key_has_sealed_meanwhile_stays_as_it_is(
    installation: Installation, event_id: int, tokens: list[str]
):
    add(installation.database, event_id, "dana@example.org")
    everybody = invite(replace(installation, seal=BOTH), event_id)
    assert rotate_keys(installation.database, BOTH)["links"] == 3
    assert all_found(installation.database, NEW, [*tokens, everybody["dana@example.org"]])


def test_links_open_at_every_moment_of_a_rotation(installation: Installation, event_id: int):
    database = installation.database
    add(database, event_id, "\n".join(f"person{number}@example.org" for number in range(1200)))
    tokens = list(invite(replace(installation, seal=OLD), event_id).values())
    with ThreadPoolExecutor(1) as pool:
        rotating = pool.submit(rotate_keys, database, BOTH)
        while not rotating.done():
            assert all_found(database, BOTH, tokens[::100])
        assert rotating.result()["links"] == 1200
    assert all_found(database, NEW, tokens)


def test_a_volunteer_who_is_submitting_is_waited_for(database: Database, tokens: list[str]):
    is_held, may_end = threading.Event(), threading.Event()

    def submit() -> None:
        with database.writing() as session:
            submission.find_volunteer(session, BOTH, tokens[1], lock=True)
            is_held.set()
            may_end.wait(20)

    with ThreadPoolExecutor(2) as pool:
        submitting = pool.submit(submit)
        assert is_held.wait(20)
        rotating = pool.submit(rotate_keys, database, BOTH)
        time.sleep(0.3)
        assert not rotating.done()
        may_end.set()
        submitting.result()
        assert rotating.result()["links"] == 3
    assert all_found(database, NEW, tokens)


def test_somebody_who_is_taken_off_the_list_meanwhile_is_not_waited_for(
    database: Database, tokens: list[str]
):
    is_held, may_end = threading.Event(), threading.Event()

    def take_off() -> None:
        with database.writing() as session:
            person = submission.find_volunteer(session, BOTH, tokens[1], lock=True)
            remove(session, person)
            is_held.set()
            may_end.wait(20)

    with ThreadPoolExecutor(2) as pool:
        removing = pool.submit(take_off)
        assert is_held.wait(20)
        rotating = pool.submit(rotate_keys, database, BOTH)
        time.sleep(0.3)
        may_end.set()
        removing.result()
        rotating.result(20)
    assert all_found(database, NEW, [tokens[0], tokens[2]])


def test_a_link_that_ends_meanwhile_is_not_brought_back(
    installation: Installation, event_id: int, tokens: list[str]
):
    """Whoever is erased, or invited anew after a rehearsal, has no earlier link."""
    database = installation.database
    with database.reading() as session:
        person = submission.find_volunteer(session, BOTH, tokens[1])

    @listens_for(database.engine, "after_cursor_execute")
    def erase_once_the_links_are_read(*call: Any) -> None:
        if "volunteer.token" in call[2] and "LIMIT" in call[2] and not erased:
            erased.append(person.id)
            # Another program.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(erase_person, database, BOTH, person, None).result(20)

    erased: list[int] = []
    assert rotate_keys(database, BOTH)["links"] == 2
    assert erased
    assert all_found(database, NEW, [tokens[0], tokens[2]])
    with database.reading() as session:
        assert session.get_one(Volunteer, person.id).token is None


def test_without_the_right_key_nothing_is_touched(database: Database, tokens: list[str]):
    with pytest.raises(SettingRefused, match="SECRET_KEYS"):
        rotate_keys(database, Seal(["new", "forgotten"]))
    assert all_found(database, OLD, tokens)


def test_the_command_says_how_many_it_has_sealed(installation: Installation, tokens: list[str]):
    variables = environment(installation, SECRET_KEYS="new,old")
    command = [Path(sys.executable).with_name("certs"), "rotate-keys"]
    ended = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert ended.stdout == (
        "3 links, 2 passwords and 0 rehearsal mails were sealed with the first key\n"
    )
    assert all_found(installation.database, NEW, tokens)
    with installation.database.reading() as session:
        stored = set(session.scalars(select(Volunteer.token)))
    assert stored == {NEW.seal_token(token) for token in tokens}


def test_what_a_lost_key_sealed_is_given_up_and_the_rest_stays(
    installation: Installation, event_id: int, tokens: list[str]
):
    database = installation.database
    add(database, event_id, "dora@example.org")
    kept = new_token()
    with database.writing() as session:
        dora = session.scalars(select(Volunteer).where(Volunteer.token.is_(None))).one()
        dora.token = NEW.seal_token(kept)
    assert count_lost(database, NEW) == 5
    command = [Path(sys.executable).with_name("certs"), "rotate-keys", "--give-up-lost"]
    variables = environment(installation, SECRET_KEYS="new")
    # Whoever is asked may say no.
    asked = subprocess.run(command, env=variables, input="n\n", capture_output=True, text=True)
    assert asked.returncode != 0
    assert count_lost(database, NEW) == 5
    ended = subprocess.run([*command, "--yes"], env=variables, capture_output=True, text=True)
    assert ended.stdout.startswith("3 links, 2 passwords, 0 secret values and 0 rehearsal mails")
    assert count_lost(database, NEW) == 0
    assert all_found(database, NEW, [kept])
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert (account.username, account.sealed_password) == ("thanks@example.org", None)
        assert session.scalars(select(func.count()).where(Volunteer.token.is_(None))).one() == 3


def test_every_sealed_column_of_the_database_is_sealed_again_or_lives_short():
    listed = {str(one.column) for one in all_sealed()} | {str(column) for column in SHORT_LIVED}
    named = {
        f"{mapper.class_.__name__}.{column.key}"
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if column.key.startswith("sealed") or column.key in ("token", "secrets")
    }
    assert len(named) > 8
    assert named - listed == set()


def test_a_column_that_comes_later_needs_its_row_alone(
    database: Database, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    """As an example, the organization of an event: sealed, it counts, is lost, and is rotated."""

    def anew(seal: Seal, content: str, id: int) -> str:
        return seal.reseal_bound(content, ("toy", str(id)))

    toy = Sealed(Event.organization, "toys", anew, (Event.id,), Event.organization.like("siv:%"))
    monkeypatch.setattr(key_rotation, "SEALED", (*SEALED, toy))
    assert not sealed_kinds(database)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        event.organization = OLD.seal_bound("Harbour Aid", ("toy", str(event_id)))
    assert sealed_kinds(database)
    assert count_lost(database, NEW) == 1
    assert rotate_keys(database, BOTH)["toys"] == 1
    assert (count_lost(database, NEW), count_lost(database, OLD)) == (0, 1)
    with database.reading() as session:
        sealed = session.get_one(Event, event_id).organization
    assert NEW.open_bound(sealed, ("toy", str(event_id))) == "Harbour Aid"
