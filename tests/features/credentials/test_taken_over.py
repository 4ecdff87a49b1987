"""An installation of 0.2.0 goes on signing what it would have signed, by the same issuers."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from shared.events.opening import open_installation
from shared.features.credentials import issuers, stored
from shared.features.credentials.models import Credential, UnsignedCertificate
from shared.storage.models import Event
from tests.installations import restore
from tests.support.at_url import change, settings_of
from tests.support.issued_for_real import made_public
from tests.support.upgraded import empty_url

__all__ = ["empty_url"]

_SIGNED = "SELECT min(certificate_id) FROM credential WHERE document IS NOT NULL"
# The city signs for the event of a certificate, whose credential was revoked, so that it is due.
BEFORE = (
    "INSERT INTO issuer (id, slug, name, page, logo, created_at)"
    " VALUES (77, 'city', 'City', 'https://city.example', '', CURRENT_TIMESTAMP)",
    f"UPDATE event SET issuer_id = 77 WHERE id ="
    f" (SELECT event_id FROM certificate WHERE id = ({_SIGNED}))",
    "UPDATE certificate SET credential_due = false",
    f"UPDATE certificate SET credential_due = true WHERE id = ({_SIGNED})",
    "UPDATE credential SET revoked_at = CURRENT_TIMESTAMP WHERE certificate_id IN"
    " (SELECT id FROM certificate WHERE credential_due)",
)


def test_who_signs_and_what_is_to_be_signed_is_taken_over(empty_url: str, tmp_path: Path) -> None:
    settings = settings_of(empty_url, tmp_path / "data")
    restore("0.2.0", empty_url.partition(":")[0].partition("+")[0], empty_url, settings.data_dir)
    change(empty_url, *BEFORE)
    installation = made_public(open_installation(settings))
    with closing(installation.database) as database:
        with database.reading() as session:
            [due] = session.scalars(select(UnsignedCertificate.certificate_id))
            of_city = issuers.events_of(session, issuers.find(session, "city"))
            [event] = of_city
            others = session.scalars(select(Event).where(Event.id != event.id)).all()
            assert {issuers.of_event(session, one).slug for one in others} == {"installation"}
            before = session.scalars(select(Credential).order_by(Credential.id)).all()
        assert stored.sign_due(installation) == 1
        with database.reading() as session:
            after = session.scalars(select(Credential).order_by(Credential.id)).all()
            assert not session.scalars(select(UnsignedCertificate.certificate_id)).all()
    # What was signed stays as it was, byte for byte.
    assert [one.document for one in after[:-1]] == [one.document for one in before]
    assert after[-1].certificate_id == due
    assert "/issuers/city" in after[-1].did or after[-1].did.endswith(":city")
