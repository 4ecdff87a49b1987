"""Events that send by Microsoft Graph: signed in at the tests' provider, and at its double."""

from dataclasses import replace

from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.mailbox import read_inbox
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.signing_in import SignInChoice
from shared.mail.transport.graph import GRAPH_KIND
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.transports import TRANSPORTS
from shared.storage.models import Security
from tests.support import mail_sign_ins
from tests.support.graph_double import GraphDouble, Shared
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import SENDER, at_identity

COLLEAGUE = "ana@harbour.example"


def at_graph(
    installation: Installation, graph: GraphDouble, identity: MailIdentity
) -> Installation:
    """The installation, registered at `identity`, with `graph` as Microsoft's.

    What that takes are this provider's tokens alone.
    """
    graph.opens = lambda token: identity.opens(token, SENDER, "Mail.Send")
    known = at_identity(installation, identity)
    settings = known.settings.model_copy(update={"graph_url": graph.site})
    return replace(known, settings=settings)


def share_mailbox(graph: GraphDouble, identity: MailIdentity) -> Shared:
    """`SENDER` is a mailbox that several people share, and `COLLEAGUE` is the one who signs in."""
    identity.person = COLLEAGUE
    graph.opens = lambda token: identity.opens(token, COLLEAGUE)
    permits = lambda token, permission: identity.opens(token, COLLEAGUE, permission)  # noqa: E731
    graph.shared = Shared(SENDER, permits)
    return graph.shared


def choice_of(installation: Installation, transport: str = "graph") -> SignInChoice:
    (way,) = TRANSPORTS[transport].ways
    return SignInChoice(MailProvider.MICROSOFT, way.scope(installation.settings))


def enter_account(installation: Installation, event_id: int, transport: str = "graph") -> None:
    """As the screen enters it; without a limit for each minute, for which tests have no time."""
    service = GRAPH_KIND.service
    assert service is not None
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(
            session, installation.seal, event, username=SENDER,
            server_address="127.0.0.1", smtp_port=443, security=Security.TLS,
            transport=transport, sign_in=choice_of(installation, transport),
            limits=service.limits._replace(per_minute=None),
        )  # fmt: skip


def sign_in(
    installation: Installation, event_id: int, identity: MailIdentity, transport: str = "graph"
) -> int:
    """Somebody has signed in to the account, whose inbox is read from then on; its id."""
    choice = choice_of(installation, transport)
    account_id = mail_sign_ins.sign_in(installation, event_id, identity, choice, transport)
    with installation.database.writing() as session:
        read_inbox(session, event_for_change(session, event_id))
    return account_id
