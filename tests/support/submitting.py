"""Ana, who was invited, submits her name; what is stored then."""

from functools import partial

import pytest
from sqlalchemy import select

from shared.certificates.issuing import making, submission
from shared.mail.kinds.certificate import CERTIFICATE
from shared.rendering.names import new_name
from shared.storage.models import Certificate, Mail, MailState, Status, Volunteer
from tests.support.factories import add, design, invite


@pytest.fixture
def token(installation, event_id) -> str:
    """The token of Ana, who was invited; the event has a certificate."""
    design(installation.database, event_id)
    add(installation.database, event_id, "email,number,task\nana@example.org,HR-7,water")
    return invite(installation, event_id)["ana@example.org"]


@pytest.fixture
def submit(installation, token):
    """Ana submits a name, in a transaction of its own."""

    def submitted(name: str, **options) -> Certificate:
        with installation.database.writing() as session:
            return submit_name(
                session,
                installation.settings,
                installation.seal,
                token,
                new_name(name),
                **options,
            )

    return submitted


@pytest.fixture
def mailed(installation, submit) -> Certificate:
    """Ana's certificate, after the mail server took it."""
    certificate = submit("Ana Silva")
    with installation.database.writing() as session:
        mail = certificate_mail(session, certificate)
        mail.state, mail.sent_at = MailState.SENT, mail.created_at
        session.get_one(Volunteer, certificate.volunteer_id).status = Status.MAILED
    return certificate


def submit_name(session, settings, seal, token, name, **options) -> Certificate:
    """What the call does within its turn."""
    make = partial(making.make, session, settings)
    return submission.submit(session, seal, token, name, make, **options)


def certificate_mail(session, certificate) -> Mail:
    return session.scalars(select(Mail).where(Mail.certificate_id == certificate.id)).one()


def issued(database) -> list[Certificate]:
    with database.reading() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.id)))


def certificate_mails(database) -> list[Mail]:
    with database.reading() as session:
        rows = select(Mail).where(Mail.kind == CERTIFICATE.name).order_by(Mail.id)
        return list(session.scalars(rows))


def ana(database) -> Volunteer:
    with database.reading() as session:
        return session.scalars(select(Volunteer)).one()
