"""Credentials that no longer count although their certificates do: each is signed again, and its
holder is asked once to download it again."""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session, joinedload

from shared.events import hold_events
from shared.events.installation import Installation
from shared.features.credentials import status_lists
from shared.features.credentials.models import Credential, IssuerKey, UnsignedCertificate
from shared.mail.kinds.renewal import RENEWAL
from shared.mail.queue.enqueue import enqueue_many, newest_version
from shared.storage.clock import database_time
from shared.storage.many_values import among
from shared.storage.models import NOT_SENT, Certificate, Event, Mail, Status, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.turns import write_in_turns


def renew_leaked(installation: Installation) -> int:
    """Revoke in turns what leaked keys signed, and have it signed again; return how many
    credentials.

    After an interruption, the next call goes on.
    """
    database = installation.database
    with database.reading() as session:
        keys = session.scalars(select(IssuerKey.id).where(IssuerKey.is_to_renew)).all()
    count = 0
    for key_id in keys:
        theirs = select(Credential.id).where(Credential.issuer_key_id == key_id)
        with database.reading() as session:
            left = session.scalars(theirs.where(Credential.revoked_at.is_(None))).all()
        count += write_in_turns(database, left, _renew)
        with database.writing() as session:
            session.get_one(IssuerKey, key_id).is_to_renew = False
    return count


def _renew(session: Session, ids: Sequence[int]) -> int:
    # Certificates before lists, as whoever withdraws or signs. By their ids alone: for more
    # conditions PostgreSQL may read all of them at each turn.
    theirs = select(Credential.certificate_id).where(among(Credential.id, ids))
    certificates = session.scalars(theirs).all()
    of_these = select(Certificate).where(among(Certificate.id, certificates))
    locked = session.scalars(of_these.order_by(Certificate.id).with_for_update()).all()
    status_lists.revoke(session, among(Credential.id, ids))
    standing = [certificate.id for certificate in locked if not certificate.is_void]
    sign_again(session, standing)
    return len(ids)


def sign_again(session: Session, certificate_ids: Sequence[int]) -> None:
    """Let a worker sign certificates that are stored already; call it with them locked."""
    is_due = exists().where(UnsignedCertificate.certificate_id == Certificate.id)
    these = select(Certificate.id).where(among(Certificate.id, certificate_ids), ~is_due)
    session.execute(insert(UnsignedCertificate).from_select(["certificate_id"], these))


def hold_holders(session: Session, certificate_ids: Collection[int]) -> None:
    """Hold the events and people of these, to whom `ask_holders` may queue something; before
    anything of their credentials is locked, as whoever withdraws."""
    if not certificate_ids:
        return
    theirs = Certificate.id.in_(certificate_ids)
    hold_events(session, Event.id.in_(select(Certificate.event_id).where(theirs)))
    people = Volunteer.id.in_(select(Certificate.volunteer_id).where(theirs))
    held = select(Volunteer.id).where(people).order_by(Volunteer.id)
    session.execute(held.with_for_update(read=True, key_share=True))


def ask_holders(session: Session, certificate_ids: Collection[int]) -> int:
    """Queue a request for each holder of these, which have just been signed again, whose credential
    before that no longer counts; return how many. Call it in the transaction that keeps the new
    ones."""
    theirs = Credential.certificate_id.in_(certificate_ids), Credential.issuer_key_id.is_not(None)
    editions = select(Credential).options(joinedload(Credential.issuer_key)).where(*theirs)
    editions = editions.order_by(Credential.edition)
    signed: dict[int, list[Credential]] = {}
    for credential in session.scalars(editions):
        signed.setdefault(credential.certificate_id, []).append(credential)
    before = {id: known[-2] for id, known in signed.items() if len(known) > 1}
    lapsed = [
        id
        for id, credential in before.items()
        if credential.revoked_at or credential.key_has_leaked
    ]
    if not lapsed:
        return 0
    asking = Mail.kind == RENEWAL.name, Mail.state.in_(NOT_SENT)
    is_asked = exists().where(Mail.volunteer_id == Volunteer.id, *asking)
    holders = select(Volunteer.event_id, Volunteer.id).join(
        Certificate, Certificate.volunteer_id == Volunteer.id
    )
    # Whoever has not got the certificate yet finds the new one then.
    reached = [Volunteer.status == Status.MAILED, RENEWAL.takers, ~is_asked]
    people = holders.where(Certificate.id.in_(lapsed), STANDING, *reached)
    at, version = database_time(session), newest_version(RENEWAL) + 1
    return enqueue_many(session, RENEWAL, people.order_by(Volunteer.id), at, version=version)
