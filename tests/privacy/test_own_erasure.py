"""People erase themselves: only somebody who reads their mail can confirm it, within seven days."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from shared.budgets import ASKED_A_DAY
from shared.errors import InvitationUnknown
from shared.events.installation import Installation
from shared.mail.queue.mailed_keys import key_of
from shared.privacy import erasure
from shared.privacy.erasure import ErasureLinkOver
from shared.storage.models import Action, AuditEntry, Mail, Volunteer
from shared.storage.sealing.tokens import Seal
from shared.worker.composing import compose
from tests.support.factories import invite
from tests.support.sending_steps import SENT, claim, settle
from tests.support.traces import traces


@pytest.fixture
def ana(installation: Installation, listed: int) -> Volunteer:
    """Somebody who was invited."""
    invite(installation, listed)
    for mail in claim(installation.database):
        settle(installation.database, mail, SENT)
    with installation.database.reading() as session:
        return session.scalars(select(Volunteer).order_by(Volunteer.id).limit(1)).one()


def ask(installation: Installation, person: Volunteer) -> bool:
    with installation.database.writing() as session:
        return erasure.ask(session, session.get_one(Volunteer, person.id))


def links(installation: Installation) -> Iterator[str]:
    """The keys in the mails that wait, as their recipients get them."""
    for claimed in claim(installation.database):
        mail = message_from_bytes(compose(installation, claimed), policy=policy.default)
        assert claimed.address in str(mail["To"])
        plain = mail.get_body(("plain",)).get_content()
        yield plain.partition("/erase?key=")[2].split()[0]
        settle(installation.database, claimed, SENT)


def find(installation: Installation, key: str, seal: Seal | None = None) -> Volunteer:
    with installation.database.reading() as session:
        return erasure.find_by_key(session, seal or installation.seal, key)


def pass_days(installation: Installation, days: float) -> None:
    with installation.database.writing() as session:
        for mail in session.scalars(select(Mail)):
            mail.created_at -= timedelta(days=days)


def test_the_link_in_the_mail_erases_its_reader_alone(installation: Installation, ana: Volunteer):
    assert ask(installation, ana)
    (key,) = links(installation)
    assert find(installation, key).id == ana.id
    erasure.confirm(installation.database, installation.seal, key)
    assert traces(installation.database, [ana.email]) == []
    # Pressed twice, nothing else happens.
    erasure.confirm(installation.database, installation.seal, key)
    with installation.database.reading() as session:
        people = session.scalars(select(Volunteer).order_by(Volunteer.id)).all()
        assert [person.erased_at is not None for person in people] == [True, False]
        done = select(AuditEntry).where(AuditEntry.action == Action.ERASED_BY_THEMSELVES)
        (entry,) = session.scalars(done)
    assert (entry.volunteer_id, entry.by_role) == (ana.id, None)


def test_who_only_has_the_personal_link_makes_no_key(installation: Installation, ana: Volunteer):
    ask(installation, ana)
    (key,) = links(installation)
    number, _, proof = key.partition("-")
    wrong = [
        "",
        "x",
        number,
        f"{number}-",
        f"{number}-{'0' * 64}",
        f"99-{proof}",
        f"{number}0-{proof}",
    ]
    for forged in [*wrong, f"{number}-\ud800", "9" * 30, f"٣-{proof}"]:
        with pytest.raises(InvitationUnknown):
            find(installation, forged)
    with pytest.raises(InvitationUnknown):
        find(installation, key, Seal(["another installation's"]))


def test_the_link_lasts_for_seven_days(installation: Installation, ana: Volunteer):
    ask(installation, ana)
    pass_days(installation, 6.9)
    (key,) = links(installation)
    assert find(installation, key).id == ana.id
    pass_days(installation, 0.2)
    with installation.database.reading() as session:
        (mail,) = session.scalars(select(Mail).where(Mail.kind == "erasure"))
    with pytest.raises(ErasureLinkOver):
        erasure.confirm(installation.database, installation.seal, key_of(installation.seal, mail))
    assert traces(installation.database, [ana.email]) != []


def test_nobody_is_mailed_without_end(installation: Installation, ana: Volunteer):
    assert ask(installation, ana)
    assert not ask(installation, ana)
    assert len(list(links(installation))) == 1
    assert not ask(installation, ana)
    for _ in range(ASKED_A_DAY.most - 1):
        pass_days(installation, 1 / 12)
        assert ask(installation, ana)
        assert len(list(links(installation))) == 1
    pass_days(installation, 1 / 12)
    assert not ask(installation, ana)
    pass_days(installation, 1)
    assert ask(installation, ana)
