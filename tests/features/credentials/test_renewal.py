"""Whose signed files count no more although the certificate stands is asked to download again."""

import email
from collections.abc import Sequence
from email.policy import default

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from shared.acts.run import apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.events.installation import Installation
from shared.features.credentials import issuers, renewal, stored
from shared.log.actor import AT_THE_MACHINE
from shared.mail.kinds.renewal import RENEWAL
from shared.storage.models import (
    Certificate,
    ColumnKind,
    Event,
    Mail,
    MailState,
    Status,
    Suppression,
    Volunteer,
)
from shared.worker.composing import compose
from tests.support.acting import of
from tests.support.credentials import bit_of, credentials_of
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.list_columns import say
from tests.support.sending_steps import SENT, claim, settle

NAMES = ("ana", "bo", "cy", "di", "ed")
PEOPLE = "email,number,Hours,Badge\n" + "\n".join(f"{one}@example.org,{one},3,-" for one in NAMES)


@pytest.fixture
def public(installation: Installation) -> Installation:
    return made_public(installation)


def mail_all(public: Installation) -> None:
    """Everything that waits is accepted by the mail server."""
    while claimed := claim(public.database):
        for mail in claimed:
            settle(public.database, mail, SENT)


@pytest.fixture
def five(public: Installation, event_id: int) -> list[int]:
    """The ids of certificates that are signed and mailed."""
    ids = issue_for_real(public, event_id, PEOPLE)
    assert stored.sign_due(public, 5) == 5
    mail_all(public)
    return ids


def asked(public: Installation) -> list[str]:
    """Who was asked to download again, each time that they were."""
    of_kind = select(Volunteer.number).join(Mail, Mail.volunteer_id == Volunteer.id)
    of_kind = of_kind.where(Mail.kind == RENEWAL.name, Mail.state != MailState.CANCELLED)
    with public.database.reading() as session:
        return sorted(session.scalars(of_kind))


def act_on(public: Installation, certificate_id: int, act: type, *more: object) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, certificate_id).volunteer
        apply_to(session, act(of(person.id), *more), person)


def rotate(public: Installation, *, leaked: bool) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, public.seal, issuer, leaked=leaked)


def work(public: Installation) -> None:
    """What a worker does now and then."""
    renewal.renew_leaked(public)
    stored.sign_due(public, 5)


def change(public: Installation, number: str, **values: object) -> None:
    with public.database.writing() as session:
        session.execute(update(Volunteer).where(Volunteer.number == number).values(**values))


def test_after_an_undone_withdrawal_its_holder_is_asked_once(
    public: Installation, five: list[int]
) -> None:
    act_on(public, five[0], Withdraw, "Was not there")
    work(public)
    assert asked(public) == []
    act_on(public, five[0], UndoWithdrawal)
    assert asked(public) == []
    work(public)
    work(public)
    assert asked(public) == ["ana"]
    # Again, while the first request waits: one is enough.
    act_on(public, five[0], Withdraw, "Was not there")
    act_on(public, five[0], UndoWithdrawal)
    work(public)
    assert asked(public) == ["ana"]
    mail_all(public)
    act_on(public, five[0], Withdraw, "Was not there")
    act_on(public, five[0], UndoWithdrawal)
    work(public)
    assert asked(public) == ["ana", "ana"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_request_leads_to_the_page_of_the_certificate(
    public: Installation, event_id: int, five: list[int], language: str
) -> None:
    with public.database.writing() as session:
        session.get_one(Event, event_id).language = language
        public_id = session.get_one(Certificate, five[0]).public_id
    act_on(public, five[0], Withdraw, "Was not there")
    act_on(public, five[0], UndoWithdrawal)
    work(public)
    [claimed] = claim(public.database)
    message = email.message_from_bytes(compose(public, claimed), policy=default)
    said = message.get_body(("plain",)).get_content()
    assert f"{PUBLIC}/verify/{public_id}" in said.split()
    assert ("Download it again" if language == "en" else "重新下载") in said
    assert "Ana Silva" in message["Subject"]
    assert f"{PUBLIC}/reminders/" in said
    assert "One-Click" in message["List-Unsubscribe-Post"]


def test_it_is_not_sent_of_what_was_withdrawn_again(public: Installation, five: list[int]) -> None:
    act_on(public, five[0], Withdraw, "Was not there")
    act_on(public, five[0], UndoWithdrawal)
    work(public)
    act_on(public, five[0], Withdraw, "Was not there after all")
    assert claim(public.database) == []
    assert asked(public) == []


def test_after_a_leak_all_are_signed_anew_and_every_holder_is_asked_once(
    public: Installation, five: list[int]
) -> None:
    before = [stored.served(public, one) for one in five]
    rotate(public, leaked=True)
    # Somebody asks before the worker comes to it.
    assert stored.served(public, five[2]) != before[2]
    work(public)
    assert asked(public) == sorted(NAMES)
    after = [stored.served(public, one) for one in five]
    assert not set(before) & set(after)
    for one in five:
        assert [bit_of(public, kept) for kept in credentials_of(public, one)] == [True, False]
    mail_all(public)
    work(public)
    assert asked(public) == sorted(NAMES)


def test_an_interruption_after_a_leak_loses_nobody(
    public: Installation, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    rotate(public, leaked=True)
    turn = renewal._renew

    def first_ones(session: Session, ids: Sequence[int]) -> int:
        turn(session, ids[:2])
        session.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(renewal, "_renew", first_ones)
        with pytest.raises(KeyboardInterrupt):
            renewal.renew_leaked(public)
    stored.sign_due(public, 5)
    assert asked(public) == ["ana", "bo"]
    work(public)
    assert asked(public) == sorted(NAMES)


def test_whoever_wants_no_mail_or_has_not_got_theirs_is_not_asked(
    public: Installation, five: list[int]
) -> None:
    change(public, "ana", reminders_ended_at=func.now())
    change(public, "bo", suppressed_at=func.now(), suppressed=Suppression.DEAD)
    change(public, "cy", status=Status.PICTURE_MADE)
    change(public, "di", address_forgotten_at=func.now())
    rotate(public, leaked=True)
    work(public)
    assert asked(public) == ["ed"]
    for one in five:
        assert len(credentials_of(public, one)) == 2


def test_what_goes_on_verifying_is_no_reason_to_ask(
    public: Installation, event_id: int, five: list[int]
) -> None:
    rotate(public, leaked=False)
    work(public)
    say(public, event_id, "Hours", kind=ColumnKind.NUMBER, is_public=False)
    assert stored.served(public, five[0])
    assert len(credentials_of(public, five[0])) == 2
    assert asked(public) == []


def test_what_leaked_is_signed_anew_where_it_was_withdrawn_only_if_that_is_undone(
    public: Installation, five: list[int]
) -> None:
    act_on(public, five[0], Withdraw, "Was not there")
    rotate(public, leaked=True)
    work(public)
    assert asked(public) == ["bo", "cy", "di", "ed"]
    assert len(credentials_of(public, five[0])) == 1
    act_on(public, five[0], UndoWithdrawal)
    work(public)
    assert asked(public) == sorted(NAMES)
