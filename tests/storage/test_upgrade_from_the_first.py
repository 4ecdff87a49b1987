"""What is made of an installation of version 0.1.0, from before most of what there is."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from shared.access.keys import access_of, events_opened_by
from shared.acts.invite import Invite, count_waiting
from shared.certificates.issuing.drawing import find_certificate, render
from shared.certificates.issuing.upgrading import keep_typesettings
from shared.events import create_event
from shared.events.installation import open_installation
from shared.findings import Level
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import account_name, attempts_of
from shared.mail.queue.opt_outs import opt_out_key
from shared.preflight.checks import preflight
from shared.settings import Settings
from shared.storage.models import (
    Attempt,
    Certificate,
    Design,
    Event,
    Mail,
    MailState,
    Role,
    Sending,
    SendingAccount,
    Volunteer,
)
from shared.storage.sealing.passwords import early_binding_of, open_password
from shared.volunteers.people.listing import Listing
from shared.volunteers.people.search import backlog, index_earlier_people
from tests.installations import restore
from tests.installations.shown import pixels
from tests.installations.story import PASSWORD
from tests.support.colleagues import join, who_works_on
from tests.support.processes import in_processes, plain_settings
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink
from tests.support.upgraded import (
    Upgraded,
    Upgrades,
    compare_certificates,
    empty_url,
    move_mail_server,
    replaced,
    upgrades,
)

__all__ = ["empty_url", "sink", "upgrades"]

VERSION = "0.1.0"


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, upgrades: Upgrades) -> Iterator[Upgraded]:
    with upgrades.opened(VERSION, request.param) as opened:
        yield opened


def test_no_event_forgets_its_rehearsal_by_an_upgrade(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        assert set(session.scalars(select(Event.is_forgetting_rehearsal))) == {False}


def test_it_keeps_them_once_its_typesetting_is_kept(upgraded: Upgraded):
    installation = upgraded.installation
    keep_typesettings(installation.database, installation.settings, threading.Event())
    with installation.database.reading() as session:
        for kind in (Certificate, Design):
            assert session.scalar(select(func.count()).select_from(kind)) > 0
            assert session.scalars(select(kind.id).where(kind.typesetting.is_(None))).all() == []
    compare_certificates(upgraded)


def test_tokens_of_owner_and_organizers_open_what_they_opened(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        assert len(events_opened_by(session, access_of(session, upgraded.expected["owner"]))) == 5
        for event_id, token in upgraded.expected["organizers"].items():
            access = access_of(session, token)
            assert [event.id for event in events_opened_by(session, access)] == [int(event_id)]
            assert access.role is Role.ORGANIZER


def test_persons_can_be_added_to_an_event_of_before(upgraded: Upgraded):
    database = upgraded.installation.database
    event_id = int(next(iter(upgraded.expected["organizers"])))
    assert who_works_on(database, event_id) == []
    key = join(database, event_id, "Ana", Role.HELPER)
    with database.reading() as session:
        opened = events_opened_by(session, access_of(session, key))
        assert [event.id for event in opened] == [event_id]


def test_each_password_is_bound_to_its_server_which_counts_as_having_seen_it(upgraded: Upgraded):
    seal = upgraded.installation.seal
    with upgraded.installation.database.reading() as session:
        accounts = session.scalars(select(SendingAccount)).all()
        early = session.scalars(select(Event)).all()
    entered = [account for account in accounts if account.sealed_password]
    assert {open_password(seal, account) for account in entered} == {PASSWORD}
    assert all(account.password_shown for account in entered)
    assert any(account.signed_in for account in entered)
    kept = [(event, event.early_account["password"]) for event in early if event.early_account]
    assert kept
    for event, sealed in kept:
        assert seal.open_bound(sealed, early_binding_of(event)) == PASSWORD


def test_who_had_an_account_by_name_alone_shares_it_no_longer(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        accounts = session.scalars(select(SendingAccount)).all()
        names = {account_name(account) for account in accounts}
        assert len(names) < len(accounts)
        for account in accounts:
            users = session.scalars(select(Event).where(Event.account_id == account.id)).all()
            assert len(users) == 1 or (account.signed_in and not account.skip_auth)


def test_processes_that_start_at_once_bring_it_over_once(empty_url: str, tmp_path: Path):
    restore(VERSION, empty_url.partition(":")[0].partition("+")[0], empty_url, tmp_path / "data")
    starts = [(empty_url, tmp_path / "data")] * 3
    first, *others = in_processes(start, starts)
    assert set(first) == {PASSWORD}
    assert others == [first, first]


def start(database_url: str, data_dir: Path) -> list[str]:
    """The passwords of the accounts after a start of the program."""
    installation = open_installation(plain_settings(database_url, data_dir))
    with installation.database.reading() as session:
        entered = select(SendingAccount).where(SendingAccount.sealed_password.is_not(None))
        found = [open_password(installation.seal, one) for one in session.scalars(entered)]
    installation.database.close()
    return found


def test_an_account_entered_after_the_upgrade_is_a_new_row(upgraded: Upgraded):
    installation = upgraded.installation
    with installation.database.writing() as session:
        known = set(session.scalars(select(SendingAccount.id)))
        event, _ = create_event(session, name="Later")
        account = set_account(session, installation.seal, event, username="a@example.org")
        session.flush()
        assert account.id not in known


def test_events_that_sent_with_the_same_password_use_one_account(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        using = session.execute(select(Event.account_id, func.count()).group_by(Event.account_id))
        counts = {account: count for account, count in using if account is not None}
        proven = session.scalars(select(SendingAccount).where(SendingAccount.signed_in)).one()
        assert counts.pop(proven.id) == 2
        assert set(counts.values()) == {1}


def test_what_was_sent_today_counts_in_the_budget(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        account = session.scalars(select(SendingAccount).where(SendingAccount.signed_in)).first()
        handed = select(func.count()).select_from(Attempt).join(Mail)
        users = select(Event.id).where(Event.account_id == account.id)
        own = handed.where(Mail.event_id.in_(users), Attempt.verdict == "sent")
        known = session.scalars(handed.where(attempts_of(account))).one()
        assert known >= session.scalars(own.where(Attempt.account != "")).one() > 0


def test_what_was_held_or_taken_back_is_still_there(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        states = select(Mail.state, func.count()).group_by(Mail.state)
        counts = {state: count for state, count in session.execute(states)}
    assert counts[MailState.HELD] == 2
    assert counts[MailState.CANCELLED] == counts[MailState.UNSURE] == counts[MailState.FAILED] == 1


def test_a_name_is_a_given_one_once_it_was_submitted_and_one_of_the_list_before(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        people = session.scalars(select(Volunteer)).all()
        given = {person.email for person in people if person.given_name}
        assert given == {person.email for person in people if person.submitted_at}
        listed = {person.email for person in people if person.listed_name}
    assert given
    assert listed
    assert not given & listed


def test_servers_and_pages_of_before_stay_in_use_in_a_private_network_too(
    upgraded: Upgraded, sink: SmtpSink
):
    """As the owner's. The stored accounts lie on this machine, and TRUSTED_NETWORKS is empty."""
    move_mail_server(upgraded.installation, upgraded.expected["port"], sink.port)
    installation = upgraded.installation
    assert installation.settings.trusted_networks == ""
    first = upgraded.expected["events"]["first"]
    found = preflight(installation, first)
    assert [one.level for one in found if one.subject == "Mail account"] == [Level.GREEN]
    with installation.database.reading() as session:
        assert set(session.scalars(select(SendingAccount.host_by_owner))) == {True}
        assert set(session.scalars(select(Event.frontend_url_by_owner))) == {True}


def test_no_event_has_an_address_to_write_to_until_somebody_enters_one(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        assert set(session.scalars(select(Event.contact_address))) == {""}


def test_the_columns_of_a_list_are_known_as_if_it_were_added_now(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        for event in session.scalars(select(Event)):
            people = select(Volunteer.columns).where(Volunteer.event_id == event.id)
            titles = [title for columns in session.scalars(people) for title in columns]
            assert event.list_columns == list(dict.fromkeys(titles))
        assert any(session.scalars(select(Event.list_columns)))


def test_events_with_an_account_are_live_and_all_others_in_rehearsal(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        events = session.scalars(select(Event)).all()
        live = [event for event in events if event.account]
        assert len(live) == 3
        assert [event.live_at for event in live] == [event.created_at for event in live]
        assert all(event.live_at is None for event in events if event not in live)


def test_everybody_is_found_by_words_before_they_are_indexed_and_after(upgraded: Upgraded):
    database = upgraded.installation.database
    with database.reading() as session:
        assert backlog(session) > 0
    assert _found_by_address(upgraded) == []
    index_earlier_people(database, threading.Event())
    with database.reading() as session:
        assert backlog(session) == 0
    assert _found_by_address(upgraded) == []


def _found_by_address(upgraded: Upgraded) -> list[str]:
    """Whose address finds somebody else, or nobody."""
    with upgraded.installation.database.reading() as session:
        people = session.scalars(select(Volunteer)).all()
        assert people
        return [
            person.email
            for person in people
            if person not in Listing(session, person.event, search=person.email_key).page()
        ]


def test_as_many_are_counted_as_still_need_an_invitation(upgraded: Upgraded):
    invite = Invite(upgraded.installation.seal)
    with upgraded.installation.database.reading() as session:
        counted = {
            event.id: (count_waiting(session, event), len(invite.whom(session, event)))
            for event in session.scalars(select(Event))
        }
    assert any(count for count, _ in counted.values())
    assert all(count == needed for count, needed in counted.values())


def test_nobody_has_ended_reminders_and_everybody_invited_can(upgraded: Upgraded):
    installation = upgraded.installation
    with installation.database.reading() as session:
        people = session.scalars(select(Volunteer)).all()
    assert {person.reminders_ended_at for person in people} == {None}
    one = next(person for person in people if person.token)
    key = opt_out_key(one.id, installation.seal.open_token(one.token))
    assert upgraded.api.post(f"/reminders/{key}").status_code == 200
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, one.id).reminders_ended_at is not None


def test_what_an_organizer_stopped_is_still_stopped(empty_url: str, tmp_path: Path):
    restore(VERSION, empty_url.partition(":")[0].partition("+")[0], empty_url, tmp_path / "d")
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        stopped = connection.scalar(text("SELECT max(id) FROM event"))
        stop = text("UPDATE event SET sending = 'paused' WHERE id = :event")
        connection.execute(stop, {"event": stopped})
    engine.dispose()
    settings = Settings(_env_file=None, data_dir=tmp_path / "d", database_url=empty_url)
    installation = open_installation(settings)
    with installation.database.reading() as session:
        found = {event.id: event.sending for event in session.scalars(select(Event))}
    installation.database.close()
    assert found.pop(stopped) is Sending.STOPPED
    assert set(found.values()) == {Sending.RUNNING}


def test_a_replaced_certificate_keeps_its_pixels_though_its_file_is_gone(upgraded: Upgraded):
    gone = replaced(upgraded)
    assert gone
    with upgraded.installation.database.reading() as session:
        for public_id in gone:
            assert upgraded.api.get(f"/certificates/{public_id}.png").status_code == 410
            old = find_certificate(session, public_id)
            drawn = render(session, upgraded.installation.settings, old, "png")
            assert pixels(drawn) == upgraded.expected["certificates"][public_id]["png"]
