"""What is said of returned mail before the list is mailed."""

from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox
from shared.findings import Level
from shared.preflight.flight_check import check_departure
from shared.storage.models import Event, Security
from tests.support.factories import add
from tests.support.sending_steps import add_account


def test_a_long_list_of_which_nobody_learns_what_comes_back_is_doubted(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    add(database, event_id, "\n".join(f"{count}@example.org" for count in range(200)))

    def doubts() -> list[tuple[Level, object]]:
        with database.reading() as session:
            found = check_departure(session, session.get_one(Event, event_id))
            returned = [one for one in found if one.subject == "Bounced mail"]
        return [(one.level, one.details["count"]) for one in returned]

    assert doubts() == []
    add(database, event_id, "one.more@example.org")
    assert doubts() == [(Level.AMBER, 201)]
    with database.writing() as session:
        place = {"host": "imap.example.org", "port": 993, "security": Security.TLS}
        account = session.get_one(Event, event_id).account_id
        session.add(BounceMailbox(account_id=account, username="thanks@example.org", **place))
    assert doubts() == []
