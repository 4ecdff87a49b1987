"""What people, keys, sign-ins and lists of a stored installation with everything go on doing."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from shared.access import colleagues, sessions
from shared.access.keys import access_of, events_opened_by
from shared.certificates.issuing.sums import sums_of
from shared.errors import NotAllowed, ProductError
from shared.events import event_page
from shared.events.erased_addresses import erased_among
from shared.features.credentials import status_lists, stored
from shared.features.credentials.document import bits_of, is_set
from shared.features.returned_mail.models import BounceMailbox, BounceReport, open_mailbox_password
from shared.mail import rehearsal
from shared.privacy import erasure
from shared.storage.models import (
    ALIVE,
    Action,
    AuditEntry,
    Certificate,
    CrowdedName,
    Event,
    FitProgress,
    Group,
    Problem,
    RehearsalMail,
    Security,
    Volunteer,
)
from shared.volunteers.lists.masks import masked
from tests.installations import stored_bytes
from tests.installations.known_names import CARD
from tests.installations.shown import own_pdfs
from tests.installations.staff import MAILBOX_PASSWORD, SUBJECT
from tests.installations.story import PASSWORD
from tests.support.acted_event import counted_sums
from tests.support.graph_double import GraphDouble
from tests.support.graph_sending import at_graph
from tests.support.issued_for_real import made_public
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import BACK, SENDER, served_identity
from tests.support.mailing import wait_until, working
from tests.support.smtp_sink import friendly_sink, trust
from tests.support.upgraded import Upgraded, empty_database, move_mail_server, started

__all__ = ["served_identity"]

VERSION = "0.2.0"
BOTH = ["sqlite", "postgresql"]


@pytest.fixture(scope="module", params=BOTH)
def looked_at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """Opened once, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("everything")
    with (
        empty_database(request, request.param, folder) as url,
        started(VERSION, url, folder) as opened,
    ):
        yield opened


def test_every_key_opens_its_event_in_its_role_and_a_removed_one_nothing(looked_at: Upgraded):
    staff = looked_at.expected["staff"]
    roles = {"Mei": "organizer", "Bo": "helper", "Cy": "viewer"}
    with looked_at.installation.database.reading() as session:
        for name, key in staff["keys"].items():
            access = access_of(session, key)
            assert (access.name, access.role.value) == (name, roles[name])
            assert [one.id for one in events_opened_by(session, access)] == [
                looked_at.expected["events"]["thanked"]
            ]
        with pytest.raises(NotAllowed, match="was revoked"):
            access_of(session, staff["gone"])


def test_browsers_stay_signed_in_and_open_links_welcome(looked_at: Upgraded):
    installation, staff = looked_at.installation, looked_at.expected["staff"]
    known = installation.settings.model_copy(update={"oidc_issuer": SUBJECT.issuer})
    with installation.database.reading() as session:
        opened = [sessions.signed_in(session, known, one) for one in staff["browsers"]]
        assert [one.accesses[0].name for one in opened] == ["Mei", "Bo", "Cy", "Dee"]
        names = [colleagues.welcome(session, one).invitation.name for one in staff["open"]]
        assert names == ["Eve", "Fay"]
        for token in staff["closed"]:
            with pytest.raises(ProductError):
                colleagues.welcome(session, token)


def test_groups_keep_their_people_design_and_words(looked_at: Upgraded):
    with looked_at.installation.database.reading() as session:
        event = session.get_one(Event, looked_at.expected["events"]["thanked"])
        names = select(Volunteer.email, Group.name).join(Group, Group.id == Volunteer.group_id)
        found = dict(session.execute(names.where(Volunteer.event_id == event.id)).all())
        assert found == {
            "ana@lantern.example": "speaker",
            "bo@lantern.example": "Helpers & friends",
            "cy@lantern.example": "Helpers & friends",
        }
        speakers, helpers = event.groups
        assert speakers.design_id not in (None, event.design_id)
        assert helpers.design_id is None
        assert "for your talk" in speakers.wording["certificate"]["subject"]


def test_columns_keep_what_they_are_and_secrets_are_opened_in_their_owners_pdf_alone(
    looked_at: Upgraded,
):
    cards, expected = looked_at.expected["thanked"]["cards"], looked_at.expected["own"]
    with looked_at.installation.database.reading() as session:
        event = session.get_one(Event, looked_at.expected["events"]["thanked"])
        known = {one.title: one for one in event.known_columns}
        assert known["hours"].is_public
        assert (known["hours"].total, known["hours"].unread_count) == ("30.5", 1)
        assert known[CARD].is_in_full
        of_event = Volunteer.event_id == event.id, Volunteer.email == "ana@lantern.example"
        ana = session.scalars(select(Volunteer).where(*of_event)).one()
        assert ana.columns[CARD] == masked(cards[0])
    assert own_pdfs(looked_at.api, expected) == expected
    # Bo's alone: on the design of Ana's group it has no place.
    assert [[card in text for text in expected.values()].count(True) for card in cards] == [0, 1]


def test_certificates_of_before_are_in_the_sums_of_their_events(looked_at: Upgraded):
    with looked_at.installation.database.reading() as session:
        for event in session.scalars(select(Event).where(ALIVE)):
            issued = select(Certificate).where(Certificate.event_id == event.id)
            assert sums_of(session, event) == counted_sums(session.scalars(issued))
        thanked = session.get_one(Event, looked_at.expected["events"]["thanked"])
        assert sums_of(session, thanked).hours


def test_who_went_stays_away_and_who_ended_reminders_has(looked_at: Upgraded):
    installation, told = looked_at.installation, looked_at.expected["thanked"]
    with installation.database.reading() as session:
        gone = {"eva@lantern.example", "ana@lantern.example"}
        assert erased_among(session, installation.seal, told["event"], gone) == {
            "eva@lantern.example"
        }
        old = session.scalars(select(Volunteer).where(Volunteer.event_id == told["forgotten"]))
        assert [(one.email, bool(one.address_forgotten_at)) for one in old] == [("", True)]
        ended = select(Volunteer.email).where(Volunteer.reminders_ended_at.is_not(None))
        assert session.scalars(ended).all() == ["gil@lantern.example"]
        back = select(Volunteer.email).where(Volunteer.problem == Problem.CAME_BACK)
        assert session.scalars(back).all() == ["flo@lantern.example"]
        assert session.scalar(select(func.count()).select_from(BounceReport)) == 1
        assert session.get_one(Event, told["archived"]).archived_at is not None
        assert session.get(Event, told["deleted"]) is None


def test_a_link_that_confirms_an_erasure_is_known(looked_at: Upgraded):
    installation, key = looked_at.installation, looked_at.expected["thanked"]["erasure_key"]
    # It was mailed more than a week before, later on.
    with suppress(erasure.ErasureLinkOver), installation.database.reading() as session:
        found = erasure.find_by_key(session, installation.seal, key)
        assert found.email == "hal@lantern.example"


def test_the_rehearsal_mailbox_the_log_and_the_looks_at_names_are_there(looked_at: Upgraded):
    installation = looked_at.installation
    with installation.database.reading() as session:
        mails = session.scalars(select(RehearsalMail)).all()
        links = [rehearsal.parse(installation.seal, mail).link for mail in mails]
        assert {link.rpartition("token=")[2] for link in links if "token=" in link} <= set(
            looked_at.expected["people"]
        )
        assert any(links)
        by_mei = select(AuditEntry.action).where(AuditEntry.by_name == "Mei")
        assert {Action.INVITATION_MADE, Action.ORGANIZATION_CHANGED} <= set(session.scalars(by_mei))
        assert session.scalar(select(FitProgress.is_whole)) is True
        assert session.scalar(select(func.count()).select_from(CrowdedName)) > 0
        returned = select(BounceMailbox).where(BounceMailbox.way == "imap")
        box = session.scalars(returned).one()
        assert open_mailbox_password(installation.seal, box) == MAILBOX_PASSWORD


def test_credentials_are_served_octet_by_octet_and_lists_and_page_where_they_were(
    looked_at: Upgraded,
):
    told, public = looked_at.expected["signed"], made_public(looked_at.installation)
    with public.database.reading() as session:
        issued = select(Certificate.id, Certificate.public_id, Certificate.withdrawn_at)
        rows = session.execute(issued.where(Certificate.event_id == told["event"])).all()
        ids = {id: public_id for id, public_id, _ in rows}
        assert event_page.published(session, told["page"]).id == told["event"]
    served = stored.all_served(public, ids)
    digests = {ids[id]: hashlib.sha256(content).hexdigest() for id, content in served.items()}
    assert digests == told["served"]
    [served_list] = told["lists"]
    bits = bits_of(json.loads(status_lists.served(public, served_list)))
    for id, content in served.items():
        place = int(json.loads(content)["credentialStatus"]["statusListIndex"])
        withdrawn_at = next(at for one, _, at in rows if one == id)
        assert is_set(bits, place) is (withdrawn_at is not None)


@pytest.mark.parametrize("kind", BOTH)
def test_a_copy_of_it_opens_nothing(looked_at: Upgraded, kind: str):
    """As a thief has it: the file itself, whatever its columns and encodings."""
    told, copy = looked_at.expected, stored_bytes(VERSION, kind)
    staff = told["staff"]
    secrets = {
        *(told["owner"], PASSWORD, MAILBOX_PASSWORD, *told["organizers"].values()),
        *(*told["people"], told["thanked"]["erasure_key"], *told["thanked"]["cards"]),
        *(*staff["keys"].values(), staff["gone"], *staff["browsers"]),
        *(*staff["open"], *staff["closed"], *told["by_token"]["given"]),
    }
    assert b"ana@lantern.example" in copy
    assert [secret for secret in secrets if secret.encode() in copy] == []


@pytest.fixture
def by_token(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    served_identity: MailIdentity,
) -> Iterator[Upgraded]:
    folder = tmp_path_factory.mktemp("tokens")
    with (
        empty_database(request, request.param, folder) as url,
        started(VERSION, url, folder) as opened,
    ):
        served_identity.redirects = [BACK]
        served_identity.remember(SENDER, opened.expected["by_token"]["refresh"])
        yield opened


@pytest.mark.parametrize("by_token", BOTH, indirect=True)
def test_accounts_that_were_signed_in_to_go_on_sending_by_smtp_and_by_graph(
    by_token: Upgraded,
    served_identity: MailIdentity,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
):
    def opens(user: str, token: str) -> bool:
        return served_identity.opens(token, user)

    with friendly_sink(security=Security.TLS, opens=opens) as sink, GraphDouble() as graph:
        trust(sink, tmp_path_factory.mktemp("trust"), monkeypatch)
        installation = at_graph(by_token.installation, graph, served_identity)
        move_mail_server(installation, by_token.expected["port"], sink.port)
        with working(installation):
            wait_until(lambda: "xo@token.example" in sink.recipients())
            wait_until(lambda: graph.recipients() == ["graph@token.example"])
