"""The way to the sign-in of a mail account's provider and back."""

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from authlib.common.security import generate_token
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.signin import language_of, plain_page
from console.signin import session as access
from console.signin.provider_sign_in import ProviderSignIn
from shared.access import refusals
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.access.sessions import SignedIn
from shared.errors import (
    AccountChanged,
    ConfirmationNeeded,
    EventUnknown,
    ProductError,
    SignInBusy,
    SignInEnded,
    explain,
)
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.language import N_
from shared.mail.accounts import signing_in
from shared.mail.accounts.signing_in import goal_of
from shared.mail.tokens import provider
from shared.mail.tokens.provider import PROVIDER_AWAY, registration_of
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.transports import kind_of
from shared.storage import hooks
from shared.storage.models import Action, Event, MailSignIn, SendingAccount

_MAIL_SIGN_IN_STALE = N_(
    "This answer does not match an open sign-in. Nothing was changed. Start again on "
    "“Mail account”."
)
START, RETURN = "/mail/signin/start", "/mail/signin/return"
_VERIFIER_LENGTH = 64  # RFC 7636, 4.1: 43 to 128.
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailSignInRequest:
    """A sign-in at a mail account's provider that somebody began."""

    state: str
    verifier: str
    event_id: int
    # See `signing_in.goal_of`.
    goal: str
    # The console session in which it began.
    session_id: int


class MailSignInRoutes(ProviderSignIn[MailSignInRequest]):
    """The two routes of a sign-in at a mail account's provider."""

    name = "mail"
    kind = MailSignInRequest
    stale = _MAIL_SIGN_IN_STALE

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self._back = f"{installation.settings.console_url}{RETURN}"

    def routes(self) -> list[Route]:
        return [Route(START, self.go), Route(RETURN, self.come_back)]

    async def begin(self, request: Request) -> tuple[Response, MailSignInRequest]:
        event_id = _number(request.query_params.get("event"))
        url = self.installation.settings.console_url
        # The provider redirects to CONSOLE_URL, where cookies of any other host name are not sent.
        if request.headers.get("host") != urlsplit(url).netloc:
            raise ProductError(
                N_("Open this console at {address}, sign in there and start again."), address=url
            )
        return await asyncio.to_thread(self._begin, request, event_id)

    async def finish(self, request: Request, pending: MailSignInRequest) -> Response:
        await asyncio.to_thread(self._finish, request, pending)
        return RedirectResponse(_screen(pending.event_id), 303)

    async def refuse(
        self, request: Request, pending: MailSignInRequest | None, refusal: ProductError
    ) -> Response:
        event_id = pending.event_id if pending else _number(request.query_params.get("event"))
        if isinstance(refusal, ConfirmationNeeded) and pending is None:
            return RedirectResponse(_screen(event_id, confirm="1"), 303)
        log.warning("A sign-in to a mail account was refused: %s", refusal.message)
        await asyncio.to_thread(self._note, request, event_id)
        said = explain(refusal, language_of(request))
        return plain_page(request, "mail_signin.html", 400, refusal=said, place=_screen(event_id))

    def _begin(self, request: Request, event_id: int | None) -> tuple[Response, MailSignInRequest]:
        """Return the answer that leads to the provider, and the request to keep. Raises
        ProductError and AccountChanged."""
        served = self.installation
        with served.database.reading() as session:
            reader = access.signed_in(session, served, request.cookies)
            event = _opened(session, reader, event_id)
            account, row = _sign_in_of(session, event)
            registration = registration_of(served.settings, served.seal, row)
            pending = MailSignInRequest(
                state=generate_token(32),
                verifier=generate_token(_VERIFIER_LENGTH),
                event_id=event.id,
                goal=goal_of(account, row),
                session_id=reader.row.id,
            )
        # Nobody signs in as a shared mailbox; the last person who did for it probably does again.
        who = row.address if kind_of(account.transport).is_shared else account.username
        place = provider.authorize_url(
            registration, row.scope, self._back, pending.state, pending.verifier, who
        )
        if MailProvider(row.provider) is not MailProvider.OTHER:
            return RedirectResponse(place, 303), pending
        # A person confirms an address that an organizer typed before they are led there.
        page = plain_page(
            request,
            "mail_signin.html",
            host=urlsplit(place).netloc,
            onward=place,
            place=_screen(event.id),
        )
        return page, pending

    def _finish(self, request: Request, pending: MailSignInRequest) -> None:
        """Take the provider's code, and store the sign-in. Raises ProductError, AccountChanged and
        SignInEnded."""
        served, answer, event_id = self.installation, request.query_params, pending.event_id
        with served.database.reading() as session:
            reader = access.signed_in(session, served, request.cookies)
            if reader.row.id != pending.session_id:
                raise ProductError(_MAIL_SIGN_IN_STALE)
            account, row = _sign_in_of(session, _opened(session, reader, event_id))
            if goal_of(account, row) != pending.goal:
                raise AccountChanged()
            registration = registration_of(served.settings, served.seal, row)
        if "error" in answer or "code" not in answer:
            raise provider.declined(answer.get("error", ""), answer.get("error_description", ""))
        try:
            grant = provider.take_code(
                registration, row.scope, self._back, answer["code"], pending.verifier
            )
        except SignInBusy:
            raise ProductError(PROVIDER_AWAY) from None
        except SignInEnded as refusal:
            raise provider.to_who_signs_in(refusal) from None
        by = reader.to(event_id).actor(access.network_at(request))
        with served.database.writing(by=by) as session:
            reader = access.signed_in(session, served, request.cookies)
            event = event_for_change(session, _opened(session, reader, event_id).id)
            signing_in.let_in(session, served.seal, event, pending.goal, grant)
            hooks.features().signed_in(session, event)

    def _note(self, request: Request, event_id: int | None) -> None:
        """Record a refusal in the log of the event, or of none if the reader may not open it."""
        database, network = self.installation.database, access.network_at(request)
        with database.reading() as session:
            reader = access.signed_in(session, self.installation, request.cookies).to(event_id)
            try:
                event_opened_by(session, reader, event_id)
            except EventUnknown:
                event_id = None
        who = reader.actor(network)
        refusals.note(database, Action.MAIL_SIGN_IN_REFUSED, event_id, who, network=network)


def _opened(session: Session, reader: SignedIn, event_id: int | None) -> Event:
    """Return the event if the reader may change its account. Raises RoleTooLow, EventUnknown and
    ConfirmationNeeded."""
    return event_opened_by(session, reader.require(event_id, Permission.CHANGE_ACCOUNT), event_id)


def _sign_in_of(session: Session, event: Event) -> tuple[SendingAccount, MailSignIn]:
    """Return the event's account and its sign-in. Raises AccountChanged if either is missing."""
    row = signing_in.sign_in_of(session, event.account.id) if event.account else None
    if event.account is None or row is None:
        raise AccountChanged()
    return event.account, row


def _screen(event_id: int | None, **more: str) -> str:
    query = {"event": str(event_id)} if event_id else {}
    return f"/account?{urlencode(query | more)}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
