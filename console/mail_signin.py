"""To a mail account's provider and back."""

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from authlib.common.security import generate_token
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.signin import session as access
from console.signin.errand import ProviderErrands
from console.signin.plain_page import language_of, plain_page
from shared.access import refusals
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
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
from shared.log.actor import Actor
from shared.mail.accounts import signing_in
from shared.mail.accounts.signing_in import goal_of
from shared.mail.bounces.mailbox import read_inbox
from shared.mail.tokens import provider, sign_ins
from shared.mail.tokens.provider import PROVIDER_AWAY, Grant
from shared.mail.tokens.registration import Registration, registration_of
from shared.mail.transport.transports import kind_of
from shared.storage.models import Action, Event

_MAIL_SIGN_IN_STALE = N_(
    "This answer belongs to no sign-in that was begun here, or to one that is over: nothing "
    "was changed. Begin again under “Mail account”."
)
START, RETURN = "/mail/signin/start", "/mail/signin/return"
_VERIFIER_LENGTH = 64  # RFC 7636, 4.1: 43 to 128.
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errand:
    """Why somebody went to a mail account's provider."""

    state: str
    verifier: str
    event_id: int
    # See `signing_in.goal_of`.
    goal: str
    # The console session in which they began.
    session_id: int


@dataclass(frozen=True)
class _Asked:
    """What to ask the provider for, and on whose behalf."""

    registration: Registration
    scope: str
    address: str


class MailSignInRoutes(ProviderErrands[Errand]):
    """To a mail account's provider and back."""

    name = "mail"
    kind = Errand
    stale = _MAIL_SIGN_IN_STALE

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self._back = f"{installation.settings.console_url}{RETURN}"

    def routes(self) -> list[Route]:
        return [Route(START, self.go), Route(RETURN, self.come_back)]

    async def begin(self, request: Request) -> tuple[str, Errand]:
        event_id = _number(request.query_params.get("event"))
        url = self.installation.settings.console_url
        # The provider redirects to CONSOLE_URL, where cookies of any other host name are not sent.
        if request.headers.get("host") != urlsplit(url).netloc:
            raise ProductError(
                N_("Open this console at {address}, sign in there, and begin again."), address=url
            )
        errand, asked = await asyncio.to_thread(self._look, request, event_id)
        place = provider.authorize_url(
            asked.registration,
            asked.scope,
            self._back,
            errand.state,
            errand.verifier,
            asked.address,
        )
        return place, errand

    async def finish(self, request: Request, errand: Errand) -> Response:
        _, asked = await asyncio.to_thread(self._look, request, errand.event_id, errand)
        grant = await self._grant(request, errand, asked)
        await asyncio.to_thread(self._settle, request, errand, grant)
        return RedirectResponse(_screen(errand.event_id), 303)

    async def refuse(
        self, request: Request, errand: Errand | None, refusal: ProductError
    ) -> Response:
        event_id = errand.event_id if errand else _number(request.query_params.get("event"))
        if isinstance(refusal, ConfirmationNeeded) and errand is None:
            return RedirectResponse(_screen(event_id, confirm="1"), 303)
        log.warning("A sign-in to a mail account was refused: %s", refusal.message)
        await asyncio.to_thread(self._note, request, event_id)
        said = explain(refusal, language_of(request))
        return plain_page(request, "mail_signin.html", 400, refusal=said, place=_screen(event_id))

    def _look(
        self, request: Request, event_id: int | None, begun: Errand | None = None
    ) -> tuple[Errand, _Asked]:
        """What to ask the provider for, and to keep until it answers.

        `begun` is the errand that is about to end, since which nothing may have changed. Raises
        ProductError, AccountChanged and SignInEnded.
        """
        with self.installation.database.reading() as session:
            reader = access.signed_in(session, self.installation, request.cookies)
            if begun and reader.row.id != begun.session_id:
                raise ProductError(_MAIL_SIGN_IN_STALE)
            event = self._opened(session, request, event_id)
            account = event.account
            row = sign_ins.sign_in_of(session, account.id) if account else None
            if account is None or row is None:
                raise AccountChanged()
            errand = begun or Errand(
                state=generate_token(32),
                verifier=generate_token(_VERIFIER_LENGTH),
                event_id=event.id,
                goal=goal_of(account, row),
                session_id=reader.row.id,
            )
            if goal_of(account, row) != errand.goal:
                raise AccountChanged()
            # Nobody signs in as a shared mailbox: who did so last probably does again.
            who = row.address if kind_of(account.transport).is_shared else account.username
            served = self.installation
            registration = registration_of(served.settings, served.seal, row)
            return errand, _Asked(registration, row.scope, who)

    def _opened(self, session: Session, request: Request, event_id: int | None) -> Event:
        """The event, if the reader may change its account. Raises RoleTooLow and
        ConfirmationNeeded."""
        reader = access.signed_in(session, self.installation, request.cookies)
        opened = reader.require(event_id, Permission.CHANGE_ACCOUNT)
        return event_opened_by(session, opened, event_id)

    async def _grant(self, request: Request, errand: Errand, asked: _Asked) -> Grant:
        answer = request.query_params
        if "error" in answer or "code" not in answer:
            raise provider.declined(answer.get("error", ""), answer.get("error_description", ""))
        try:
            return await asyncio.to_thread(
                provider.take_code,
                asked.registration,
                asked.scope,
                self._back,
                answer["code"],
                errand.verifier,
            )
        except SignInBusy:
            raise ProductError(PROVIDER_AWAY) from None
        except SignInEnded as refusal:
            raise provider.to_who_signs_in(refusal) from None

    def _settle(self, request: Request, errand: Errand, grant: Grant) -> None:
        installation = self.installation
        with installation.database.writing(by=self._actor(request, errand.event_id)) as session:
            event = event_for_change(session, self._opened(session, request, errand.event_id).id)
            signing_in.let_in(session, installation.seal, event, errand.goal, grant)
            if event.account and kind_of(event.account.transport).inbox:
                read_inbox(session, event)

    def _actor(self, request: Request, event_id: int | None) -> Actor:
        with self.installation.database.reading() as session:
            reader = access.signed_in(session, self.installation, request.cookies)
            return reader.to(event_id).actor(access.network_at(request))

    def _note(self, request: Request, event_id: int | None) -> None:
        """Record a refusal in the event's log, or in that of no event if the reader cannot open
        it."""
        database, network = self.installation.database, access.network_at(request)
        with database.reading() as session:
            reader = access.signed_in(session, self.installation, request.cookies).to(event_id)
            try:
                event_opened_by(session, reader, event_id)
            except EventUnknown:
                event_id = None
        who = reader.actor(network)
        refusals.note(database, Action.MAIL_SIGN_IN_REFUSED, event_id, who, network=network)


def start_of(event_id: int) -> str:
    """The address that the button on the account's screen leads to."""
    return f"{START}?event={event_id}"


def _screen(event_id: int | None, **more: str) -> str:
    query = {"event": str(event_id)} if event_id else {}
    return f"/account?{urlencode(query | more)}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
