"""A colleague is invited by a link that works once, and only as it was made."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shared import events
from shared.access import colleagues
from shared.access.colleagues import Joined
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.errors import JoiningRefused, JoinLinkUnknown, ProductError, SettingRefused
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import AccessKey, Action, AuditEntry, ColleagueInvitation, now
from shared.storage.sealing.tokens import Seal
from tests.support.colleagues import invite_colleague, join, who_works_on
from tests.support.processes import at_once

NETWORK = "192.0.2.7"
INVITATIONS = (Action.INVITATION_MADE, Action.INVITATION_TAKEN, Action.INVITATION_REFUSED)


def take(database: Database, token: str) -> Joined:
    with database.writing() as session:
        return colleagues.take(session, token, NETWORK)


def look(database: Database, token: str) -> colleagues.Welcome:
    with database.reading() as session:
        return colleagues.welcome(session, token)


def stored(database: Database) -> ColleagueInvitation:
    with database.reading() as session:
        return session.scalars(select(ColleagueInvitation)).one()


def change(database: Database, **columns: object) -> None:
    with database.writing() as session:
        invitation = session.scalars(select(ColleagueInvitation)).one()
        for column, value in columns.items():
            setattr(invitation, column, value)


def test_looking_tells_what_the_link_is_for_and_changes_nothing(installation, event_id):
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    for _ in range(2):
        shown = look(installation.database, token)
        assert (shown.event.id, shown.invitation.name) == (event_id, "Ana")
        assert shown.invitation.role is Role.HELPER
    assert who_works_on(installation.database, event_id) == []


def test_taking_it_makes_the_key_of_that_person_in_that_role(installation, event_id):
    database = installation.database
    join(database, event_id, "Mei", Role.ORGANIZER)
    mei = Actor(1, Role.ORGANIZER, "Mei")
    ends = now() + timedelta(days=30)
    token = invite_colleague(
        installation, event_id, "Ana", Role.HELPER, by=mei, access_expires_at=ends
    )
    joined = take(database, token)
    with database.reading() as session:
        access = access_of(session, joined.key)
        listed = colleagues.people_of(session, event_id)[1]
    assert (access.role, access.event_id, access.name) == (Role.HELPER, event_id, "Ana")
    assert (listed.added_by, listed.key.expires_at) == ("Mei", ends)
    assert stored(database).taken_by == joined.person.id
    with pytest.raises(JoiningRefused, match="already used"):
        take(database, token)
    assert who_works_on(database, event_id) == ["Mei", "Ana"]


def test_of_two_who_take_it_at_once_one_gets_a_key(installation, event_id):
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)

    def try_it() -> str:
        try:
            return take(installation.database, token).key
        except JoiningRefused:
            return ""

    keys = at_once(try_it, 4)
    assert len([key for key in keys if key]) == 1
    assert who_works_on(installation.database, event_id) == ["Ana"]


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"expires_at": now() - timedelta(seconds=1)}, "has expired"),
        ({"revoked_at": now()}, "was taken back"),
        ({"taken_at": now()}, "This link was already used and works only once"),
    ],
)
def test_a_link_that_is_over_changes_nothing(
    installation: Installation, event_id: int, columns: dict, refusal: str
):
    database = installation.database
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    change(database, **columns)
    for use in (look, take):
        with pytest.raises(JoiningRefused, match=refusal):
            use(database, token)
    assert who_works_on(database, event_id) == []


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "a" * 500, "\ud800"])
def test_a_link_of_another_installation_is_not_known(installation, event_id, token):
    invite_colleague(installation, event_id, "Ana", Role.HELPER)
    elsewhere = Seal(["another key"]).fingerprints("colleague", stored(installation.database).nonce)
    for unknown in (token, elsewhere[0]):
        for use in (look, take):
            with pytest.raises(JoinLinkUnknown):
                use(installation.database, unknown)
    assert who_works_on(installation.database, event_id) == []


def test_only_a_hash_of_the_token_is_stored(installation, event_id):
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    invitation = stored(installation.database)
    assert not any(token in str(value) for value in vars(invitation).values())
    assert colleagues.token_of(installation.seal, invitation) == token
    with pytest.raises(SettingRefused, match="none of the keys"):
        colleagues.token_of(Seal(["another key"]), invitation)


def test_a_name_is_kept_for_whom_it_was_given_to_until_the_link_is_over(installation, event_id):
    database = installation.database
    invite_colleague(installation, event_id, "Ana", Role.HELPER)
    for add in (
        lambda: join(database, event_id, " Ana ", Role.VIEWER),
        lambda: invite_colleague(installation, event_id, "Ana", Role.VIEWER),
    ):
        with pytest.raises(SettingRefused, match="already invited"):
            add()
    change(database, expires_at=now() - timedelta(seconds=1))
    join(database, event_id, "Ana", Role.VIEWER)
    assert who_works_on(database, event_id) == ["Ana"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"role": "owner"}, {"role": "king"}])
def test_who_cannot_be_added_cannot_be_invited(installation, event_id, wrong):
    with pytest.raises(SettingRefused):
        invite_colleague(installation, event_id, **{"name": "Ana", "role": Role.HELPER, **wrong})
    with installation.database.reading() as session:
        assert colleagues.pending(session, event_id) == []


def test_a_link_is_taken_back_once_and_by_its_own_event_only(installation, event_id):
    database = installation.database
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    with (
        database.writing() as session,
        pytest.raises(ProductError, match="It was used or taken back"),
    ):
        colleagues.revoke(session, events.event_for_change(session, 1), 1)
    assert look(database, token)
    with database.writing() as session:
        colleagues.revoke(session, events.event_for_change(session, event_id), 1)
    with pytest.raises(JoiningRefused, match="taken back"):
        take(database, token)
    with (
        database.writing() as session,
        pytest.raises(ProductError, match="It was used or taken back"),
    ):
        colleagues.revoke(session, events.event_for_change(session, event_id), 1)


def test_nobody_who_was_removed_comes_back_by_a_link_of_their_own(installation, event_id):
    database = installation.database
    join(database, event_id, "Mei", Role.ORGANIZER)
    mei = Actor(1, Role.ORGANIZER, "Mei")
    token = invite_colleague(installation, event_id, "Ana", Role.ORGANIZER, by=mei)
    with database.writing(by=Actor(None, Role.OWNER)) as session:
        colleagues.remove_person(session, events.event_for_change(session, event_id), 1)
    with pytest.raises(JoiningRefused, match="taken back"):
        take(database, token)


@pytest.mark.parametrize("is_link_older", [False, True])
def test_no_link_outlives_the_key_that_made_it(installation, event_id, is_link_older):
    """Also one that was made before this was so."""
    database = installation.database
    ends = now() + timedelta(days=1)
    join(database, event_id, "Mei", Role.ORGANIZER, expires_at=ends)
    mei = Actor(1, Role.ORGANIZER, "Mei")
    token = invite_colleague(installation, event_id, "Ana", Role.ORGANIZER, by=mei)
    assert stored(database).expires_at == ends
    assert look(database, token)
    with database.writing() as session:
        session.execute(update(AccessKey).values(expires_at=now() - timedelta(seconds=1)))
    change(database, expires_at=now() + timedelta(days=7 if is_link_older else -1))
    for use in (look, take):
        with pytest.raises(JoiningRefused, match="has expired"):
            use(database, token)
    assert who_works_on(database, event_id) == ["Mei"]


def test_an_event_is_handed_over_by_inviting_one_and_removing_oneself(installation, event_id):
    database = installation.database
    join(database, event_id, "Mei", Role.ORGANIZER)
    mei = Actor(1, Role.ORGANIZER, "Mei")
    token = invite_colleague(installation, event_id, "Ana", Role.ORGANIZER, by=mei)
    later = invite_colleague(installation, event_id, "Bo", Role.HELPER, by=mei)

    def leave() -> None:
        with database.writing(by=mei) as session:
            colleagues.remove_person(session, events.event_for_change(session, event_id), 1)

    with pytest.raises(ProductError, match="last organizer"):
        leave()
    take(database, token)
    leave()
    take(database, later)
    assert who_works_on(database, event_id) == ["Ana", "Bo"]


def test_the_log_names_who_invited_and_who_came(installation, event_id):
    database = installation.database
    token = invite_colleague(installation, event_id, "Ana", Role.HELPER)
    take(database, token)
    colleagues.note_refusal(database, token, NETWORK)
    colleagues.note_refusal(database, "never seen", NETWORK)
    with database.reading() as session:
        made, taken, refused = session.scalars(
            select(AuditEntry).where(AuditEntry.action.in_(INVITATIONS)).order_by(AuditEntry.id)
        )
    assert made.action is Action.INVITATION_MADE
    assert (taken.action, taken.by_name, taken.by_key_id) == (Action.INVITATION_TAKEN, "Ana", 1)
    assert (refused.action, refused.event_id) == (Action.INVITATION_REFUSED, event_id)
    assert {taken.network, refused.network} == {NETWORK}
