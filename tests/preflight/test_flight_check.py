"""What is said before the list is mailed."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import QueuePool, update

from shared.acts.waiting import count_waiting
from shared.destinations import ANYWHERE, PUBLIC
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.mail.accounts.credentials import enter_password
from shared.mail.transport.protocol import Account
from shared.preflight.checks import preflight
from shared.preflight.flight_check import (
    check_account,
    check_departure,
    check_list,
    check_texts,
    mistyped,
)
from shared.storage.clock import database_time
from shared.storage.models import Event, Security, SendingAccount, Status, Volunteer, Worker
from shared.storage.sealing.tokens import Seal
from tests.support import factories
from tests.support.factories import add
from tests.support.known_names import listed_event
from tests.support.mailing import invite, send_through, wait_until
from tests.support.sending_steps import add_account
from tests.support.smtp_sink import Fault, SmtpSink, answering, trust


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("qq.con", "qq.com"),
        ("163.cm", "163.com"),
        ("outlok.com", "outlook.com"),
        ("iclould.com", "icloud.com"),
    ],
)
def test_a_slip_in_a_common_domain_is_noticed(typed: str, meant: str) -> None:
    assert mistyped([f"a@{typed}", f"b@{typed}", "c@example.org"]) == [(typed, meant, 2)]


@pytest.mark.parametrize("domain", ["mail.com", "ymail.com", "example.org", "hotmail.co.uk", "a.b"])
def test_other_domains_are_left_alone(domain: str) -> None:
    assert mistyped([f"a@{domain}"]) == []


@given(st.sampled_from(["hotmail.com", "qq.com", "outlook.com"]), st.data())
def test_any_one_letter_left_out_is_noticed(domain: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(domain) - 1))
    typed = domain[:place] + domain[place + 1 :]
    assert [count for _, _, count in mistyped([f"a@{typed}"])] == [1]


def test_the_database_counts_slips_and_letters_beyond_ascii_as_they_were_typed(database, event_id):
    add(database, event_id, "a@gmial.com\nb@GMIAL.com\njosé@example.org\nana@example.org")
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        found = [*check_texts(event), *check_list(session, event)]
    said = [one.details for one in found if one.subject == "List"]
    assert said == [{"count": 1}, {"count": 2, "domain": "gmial.com", "meant": "gmail.com"}]


def test_only_addresses_that_a_sending_reaches_are_looked_at(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    listed_event(database, event_id, "issue", _SLIPS)
    with database.writing() as session:
        opted_out = update(Volunteer).where(Volunteer.email == "a@gmial.com")
        session.execute(opted_out.values(reminders_ended_at=database_time(session)))
        # Was asked for the name; now the list decides it.
        invited = update(Volunteer).where(Volunteer.listed_name != "")
        session.execute(invited.values(status=Status.INVITED))

    def said() -> list[tuple[str, int | None]]:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            found = check_list(session, event)
            return [(one.said("en"), one.details.get("count")) for one in found]

    assert said() == [("1 × hotnail.com: did you mean hotmail.com?", 1)]
    with database.writing() as session:
        # Their certificate is made and not mailed.
        session.execute(update(Volunteer).values(suppressed_at=database_time(session)))
    assert said() == [("Nobody is waiting for a mail.", None)]


_SLIPS = "email,name\na@gmial.com,\nb@hotnail.com,Bo Li"


def findings(installation: Installation, event_id: int) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in preflight(installation, event_id):
        found.setdefault(finding.subject, []).append(finding)
        assert finding.said("en")
        assert finding.said("zh")
    return found


def levels(found: dict[str, list[Finding]]) -> dict[str, set[Level]]:
    return {subject: {f.level for f in of_subject} for subject, of_subject in found.items()}


def test_an_event_without_anything_is_told_all_it_needs(
    installation: Installation, event_id: int
) -> None:
    told = levels(findings(installation, event_id))
    assert told["Certificate"] == {Level.RED}
    assert told["List"] == {Level.RED}
    assert told["Worker"] == {Level.AMBER}
    # A rehearsal is no doubt: nothing reaches anybody.
    assert told["Mail account"] == {Level.GREEN}


def test_an_event_that_is_ready_is_green(installation: Installation, event_id: int) -> None:
    invite(installation, event_id)
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            event = session.get_one(Event, event_id)
            event.organization = "Harbour Friends"
            factories.set_picture(session, event, factories.sample_picture())
            send_through(session, event, sink, from_address="thanks@gmail.com", host="127.0.0.1")
            moment = database_time(session)
            session.add(Worker(id="w", host="h", process_id=1, started_at=moment, seen_at=moment))
        told = levels(findings(installation, event_id))
    # The sink is not Gmail's server, encrypts nothing, and is on this computer as the page is.
    assert told.pop("Sender's domain") == {Level.RED}
    assert told.pop("Mail account") == {Level.AMBER}
    assert told.pop("Links") == {Level.RED}
    assert set.union(*told.values()) == {Level.GREEN}


def test_a_refused_sign_in_is_red_with_its_cure(installation: Installation, event_id: int) -> None:
    refusal = "535 Login Fail. Please enter your authorization code to login."
    with SmtpSink(answering("ehlo", "554 5.7.1 " + refusal)) as sink:
        with installation.database.writing() as session:
            event = session.get_one(Event, event_id)
            send_through(session, event, sink, from_address="thanks@gmail.com")
        found = findings(installation, event_id)["Mail account"]
    assert [finding.level for finding in found] == [Level.RED]
    assert "Login Fail" in found[0].said("en")


def test_an_unknown_placeholder_is_red_by_name(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.wording = {"invitation": {"subject": "Dear {nmae}", "body": "Come."}}
    found = findings(installation, event_id)["Mails"]
    assert any("{nmae}" in finding.said("en") for finding in found if finding.level is Level.RED)
    assert any("{link}" in f.said("en") for f in found if f.level is Level.AMBER)


def test_a_placeholder_without_a_value_is_amber_by_name(
    installation: Installation, event_id: int
) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.organization = "Harbour Friends"
        event.wording = {"reminder": {"subject": "Remember", "body": "See {website} or {link}"}}
    (left_empty,) = findings(installation, event_id)["Mails"]
    assert left_empty.level is Level.AMBER
    assert "{website} would be empty" in left_empty.said("en")
    with installation.database.writing() as session:
        session.get_one(Event, event_id).website = "https://example.org"
    (filled,) = findings(installation, event_id)["Mails"]
    assert filled.level is Level.GREEN


def test_a_list_that_is_all_invited_is_green(installation: Installation, event_id: int) -> None:
    invite(installation, event_id)
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.INVITED))
    assert levels(findings(installation, event_id))["List"] == {Level.GREEN}


@pytest.mark.parametrize(
    ("security", "password", "level", "words"),
    [
        (Security.TLS, "secret", Level.GREEN, "accepts the sign-in, encrypted"),
        (Security.TLS, None, Level.AMBER, "encrypted,"),
        (Security.NONE, None, Level.AMBER, "without encryption"),
    ],
)
def test_an_account_is_called_as_safe_as_it_is(
    security: Security,
    password: str | None,
    level: Level,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    installation: Installation,
    event_id: int,
) -> None:
    database, seal = installation.database, installation.seal
    with SmtpSink(security=security) as sink:
        if sink.trusted:
            trust(sink, tmp_path, monkeypatch)
        account = {"username": "thanks", "from_address": "thanks@gmail.com", "skip_auth": False}
        with database.writing() as session:
            event = session.get_one(Event, event_id)
            row = send_through(session, event, sink, security=security, **account)
            if password:
                enter_password(session, seal, row, password)
        checked = Account.of(row, event.from_address, ANYWHERE)
        found = check_account(installation, event_id, checked)[0]
    assert (found.level, words in found.said("en")) == (level, True)


def test_a_password_sealed_by_another_key_is_red_and_stops_nothing_else(
    installation: Installation, event_id: int
) -> None:
    with SmtpSink() as sink, installation.database.writing() as session:
        account = send_through(session, session.get_one(Event, event_id), sink, skip_auth=False)
        enter_password(session, Seal(["another key"]), account, "secret")
    found = findings(installation, event_id)
    (account,) = found["Mail account"]
    assert account.level is Level.RED
    assert "SECRET_KEYS" in account.said("en")
    assert "Links" in found


def test_nothing_is_locked_while_the_mail_server_is_asked(
    installation: Installation, event_id: int
) -> None:
    with SmtpSink(answering("connect", Fault.HANG)) as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink)
        asking = threading.Thread(target=findings, args=(installation, event_id))
        asking.start()
        wait_until(lambda: sink.visits > 0)
        pool = installation.database.engine.pool
        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0
        sink.released.set()
        asking.join()


def test_a_list_that_takes_days_is_amber(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 30)
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            event = session.get_one(Event, event_id)
            send_through(session, event, sink, from_address="thanks@gmail.com", per_day=10)
        (finding,) = findings(installation, event_id)["Duration"]
    assert finding.level is Level.AMBER
    assert "2 days" in finding.said("en")


def test_it_says_of_as_many_mails_as_wait_or_are_sent_by_the_press(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    add(database, event_id, "ana@example.org\nbo@example.org")
    factories.invite(installation, event_id)
    add(database, event_id, "cy@example.org\ndi@example.org\ned@example.org")
    with database.writing() as session:
        ends = update(Volunteer).where(Volunteer.email == "ed@example.org")
        session.execute(ends.values(reminders_ended_at=database_time(session)))
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        found = [one for one in check_departure(session, event) if one.subject == "Duration"]
        assert [one.details["count"] for one in found] == [2 + count_waiting(session, event).total]


def test_an_account_is_never_shown_with_its_password() -> None:
    row = SendingAccount(username="u", host="h", port=1, security=Security.TLS)
    account = replace(Account.of(row, "", PUBLIC), password="secret")
    assert "secret" not in repr(account)
    assert timedelta(seconds=account.timeout) == timedelta(seconds=30)
