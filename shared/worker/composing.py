"""Composing the message to hand over for a claimed mail; attachments are drawn here."""

import time
from collections.abc import Callable, Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from shared.access import colleagues
from shared.addresses import address_on_the_wire
from shared.certificates.issuing import drawing, record_links, samples
from shared.events import groups, links
from shared.events.installation import Installation
from shared.mail.kinds import Addressing, Material
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.certificate.message import DrawnCertificate, links_of
from shared.mail.kinds.colleague_invitation import COLLEAGUE_INVITATION
from shared.mail.kinds.erasure import ERASURE
from shared.mail.kinds.invitation import INVITATION, LINK_REQUEST
from shared.mail.kinds.invitation.message import PersonalLink
from shared.mail.kinds.letter import Letter
from shared.mail.kinds.mime import list_headers
from shared.mail.kinds.record_link import RECORD_LINK
from shared.mail.kinds.registry import kind_of
from shared.mail.kinds.reminder import REMINDER
from shared.mail.kinds.renewal import RENEWAL
from shared.mail.kinds.trial import TEST
from shared.mail.kinds.trial.message import Sample
from shared.mail.queue import attempts, claim, mailed_keys
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.opt_outs import opt_out_key
from shared.storage import hooks
from shared.storage.models import Certificate, ColleagueInvitation, Event, Mail, Status, Volunteer
from shared.storage.models.certificate import CURRENT


def compose(installation: Installation, task: Claimed) -> bytes:
    """Return the message for this mail, with the current facts.

    From then on its certificate counts as made. Raises NameProblem if it cannot be drawn, and
    SettingRefused if no key opens the personal link.
    """
    # By which reports and relays identify this mail.
    marks = hooks.features().marks(task.account, task.message_id) if task.account else ()
    addressing = Addressing(
        claim.sender_of(task.event, task.account),
        address_on_the_wire(task.address),
        task.message_id,
        dict(marks),
    )
    return BROUGHT[task.kind.name](installation, task).compose(task.kind, addressing)


def _sample(installation: Installation, task: Claimed) -> Sample:
    shown = kind_of(task.mail.wording_of or TEST.name)
    with installation.database.reading() as session:
        event = session.get_one(Event, task.event.id)
        group = groups.with_id(event, task.mail.group_id)
        material = samples.sample_for(
            session, installation.settings, installation.seal, event, shown, group
        )
    return Sample(event, shown, material, group)


def _personal_link(installation: Installation, task: Claimed) -> PersonalLink:
    volunteer = task.mail.volunteer
    assert volunteer is not None
    assert volunteer.token is not None
    token = installation.seal.open_token(volunteer.token)
    page = links.volunteer_link(installation.settings, task.event, token)
    group = None
    if task.event.groups_version:
        with installation.database.reading() as session:
            group = groups.group_of(session.get_one(Volunteer, volunteer.id))
    ways = _ways_to_opt_out(installation, task)
    return PersonalLink(task.event, volunteer, page, *ways, group)


def _certificate_page(installation: Installation, task: Claimed) -> PersonalLink:
    volunteer = task.mail.volunteer
    assert volunteer is not None
    of_holder = select(Certificate.public_id).where(Certificate.volunteer_id == volunteer.id)
    with installation.database.reading() as session:
        public_id = session.scalars(of_holder.where(CURRENT)).one()
    page = links.verification_link(installation.settings, public_id)
    return PersonalLink(task.event, volunteer, page, *_ways_to_opt_out(installation, task))


def _ways_to_opt_out(installation: Installation, task: Claimed) -> tuple[Mapping[str, str], str]:
    """Return the headers and the link for opting out; empty for people who were never invited."""
    volunteer = task.mail.volunteer
    if not volunteer or volunteer.token is None:
        return {}, ""
    key = opt_out_key(volunteer.id, installation.seal.open_token(volunteer.token))
    name = (task.account and hooks.features().read_at(task.account)) or ""
    read_at = address_on_the_wire(name) if "@" in name else ""
    headers = list_headers(installation.settings, task.event, task.kind.family, key, read_at)
    return headers, links.reminders_link(installation.settings, key)


def _erasure_link(installation: Installation, task: Claimed) -> PersonalLink:
    assert task.mail.volunteer is not None
    with installation.database.reading() as session:
        key = mailed_keys.key_of(installation.seal, session.get_one(Mail, task.mail_id))
    page = links.erasure_link(installation.settings, key)
    return PersonalLink(task.event, task.mail.volunteer, page)


def _drawn_certificate(installation: Installation, task: Claimed) -> DrawnCertificate:
    brought, settings = task.mail.certificate, installation.settings
    assert brought is not None
    addresses = links_of(settings, brought.public_id)
    carried = hooks.features().carried_in_file(installation, [brought.id]).get(brought.id)
    with installation.database.reading() as session:
        drawn_from = joinedload(Certificate.event), joinedload(Certificate.design)
        certificate = session.get_one(Certificate, brought.id, options=drawn_from)
        group = groups.with_id(certificate.event, certificate.group_id)
        voids_another = drawing.voids_another(session, certificate)
        start = time.monotonic()
        files = drawing.render_mailed(session, settings, certificate, carried)
        duration = time.monotonic() - start
    # Before the mail is sent: the image exists from now on.
    with installation.database.writing() as session:
        note_picture_made(session, task, duration)
    return DrawnCertificate(task.event, brought, addresses, files, voids_another, group)


def note_picture_made(session: Session, task: Claimed, seconds: float) -> None:
    """Note that a claimed mail's certificate was drawn, which took `seconds`."""
    whose = Certificate.id == task.mail.certificate_id, CURRENT
    theirs = Volunteer.id == select(Certificate.volunteer_id).where(*whose).scalar_subquery()
    made = update(Volunteer).where(theirs, Volunteer.status == Status.SUBMITTED)
    session.execute(made.values(status=Status.PICTURE_MADE))
    attempts.note_drawing(session, task, seconds)


def _colleague_link(installation: Installation, task: Claimed) -> Letter:
    brought = ColleagueInvitation.mail_id == task.mail_id
    with installation.database.reading() as session:
        invitation = session.scalars(select(ColleagueInvitation).where(brought)).one()
    token = colleagues.token_of(installation.seal, invitation)
    link = links.join_link(installation.settings, token)
    return Letter(task.event, link, invitation.name)


def _record_link(installation: Installation, task: Claimed) -> Letter:
    with installation.database.reading() as session:
        language = record_links.language_of(session, task.address, task.event.language)
    key = mailed_keys.key_of(installation.seal, task.mail)
    link = links.record_link(installation.settings, key)
    return Letter(task.event, link, language=language)


# Functions that bring the material of a message, by the name of its kind.
BROUGHT: dict[str, Callable[[Installation, Claimed], Material]] = {
    INVITATION.name: _personal_link,
    CERTIFICATE.name: _drawn_certificate,
    REMINDER.name: _personal_link,
    RENEWAL.name: _certificate_page,
    LINK_REQUEST.name: _personal_link,
    ERASURE.name: _erasure_link,
    COLLEAGUE_INVITATION.name: _colleague_link,
    RECORD_LINK.name: _record_link,
    TEST.name: _sample,
}
