"""Links that people requested before these had a message kind of their own."""

from sqlalchemy import select, text

from shared.certificates.link_requests import send_link_to_address
from shared.events.installation import Installation, open_installation
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.link_request import LINK_REQUEST
from shared.storage.models import Mail, Volunteer
from shared.volunteers.people.progress import history
from tests.support.earlier_versions import take_back_to
from tests.support.factories import invite
from tests.support.sending_steps import SENT, claim, settle

ANA = "ana@example.org"


def test_a_link_that_somebody_asked_for_is_one_still(
    installation: Installation, listed: int
) -> None:
    database, seal = installation.database, installation.seal
    invite(installation, listed)
    for mail in claim(database):
        settle(database, mail, SENT)
    assert send_link_to_address(database, seal, ANA) == 1
    take_back_to(database, "0024")
    with database.engine.begin() as connection:
        rows = connection.execute(text("SELECT kind, version FROM mail WHERE is_requested"))
        assert [tuple(row) for row in rows] == [("invitation", 2)]
    upgraded = open_installation(installation.settings)
    with upgraded.database.reading() as session:
        kinds = session.scalars(select(Mail.kind).order_by(Mail.id)).all()
        assert kinds == [INVITATION.name, INVITATION.name, LINK_REQUEST.name]
        ana = session.scalars(select(Volunteer).where(Volunteer.email == ANA)).one()
        told = [moment.what for moment in history(session, ana)]
        assert "Personal link asked for by the person" in told
    # It waits as it did, counts among those that a person may ask for, and is sent.
    assert send_link_to_address(upgraded.database, seal, ANA) == 0
    [claimed] = claim(upgraded.database)
    assert (claimed.kind, claimed.address) == (LINK_REQUEST, ANA)
    upgraded.database.close()
