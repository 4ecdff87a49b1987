"""The way to a provider's sign-in and back: authorization code with PKCE (RFC 6749, 4.1; RFC 7636;
RFC 9700).

A pending request is kept, sealed, in a cookie of its own in the browser, so that no tab makes
another one's stale.
"""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import ClassVar, Generic, Protocol, TypeVar

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from console.signin import session as access
from shared.errors import ProductError, SettingRefused
from shared.events.installation import Installation
from shared.language import N_
from shared.storage.sealing.tokens import Seal

PATIENCE = timedelta(minutes=10)
SIGN_IN_STALE = N_("This sign-in was started in another browser or too long ago. Start again.")


class SignInRequest(Protocol):
    """A request to a provider, as a frozen dataclass; its `state` has to return with the answer."""

    @property
    def state(self) -> str: ...


Pending = TypeVar("Pending", bound=SignInRequest)
Kept = TypeVar("Kept")


class ProviderSignIn(ABC, Generic[Pending]):
    """The two routes of the console that a sign-in at a provider passes through.

    `name` names the cookies and distinguishes their content, `kind` is the class of a pending
    request, and `stale` is the sentence for an answer that belongs to none.
    """

    name: ClassVar[str]
    kind: type[Pending]
    stale: ClassVar[str]

    def __init__(self, installation: Installation) -> None:
        self.installation = installation

    @abstractmethod
    async def begin(self, request: Request) -> tuple[Response, Pending]:
        """Return the answer that leads the browser to the provider, and the request to keep.

        It changes nothing, since link scanners may come this way. Raises ProductError.
        """

    @abstractmethod
    async def finish(self, request: Request, pending: Pending) -> Response:
        """Act on the provider's answer to the pending request. Raises ProductError."""

    @abstractmethod
    async def refuse(
        self, request: Request, pending: Pending | None, refusal: ProductError
    ) -> Response:
        """Answer with the page that says why; `pending` is None if no request was found."""

    async def go(self, request: Request) -> Response:
        """Lead the browser to the provider."""
        try:
            answer, pending = await self.begin(request)
        except ProductError as refusal:
            return await self.refuse(request, None, refusal)
        kept = sealed(self.installation.seal, self.name, pending)
        cookie = self._cookie(pending.state)
        access.set_cookie(self.installation.settings, answer, cookie, kept, PATIENCE)
        return answer

    async def come_back(self, request: Request) -> Response:
        """Receive the browser from the provider, once, since the cookie is then removed."""
        state = request.query_params.get("state", "")
        cookie, pending = self._cookie(state), None
        try:
            kept = request.cookies.get(cookie, "")
            pending = opened(self.installation.seal, self.name, kept, self.kind, self.stale)
            if pending.state != state:
                raise ProductError(self.stale)
            answer = await self.finish(request, pending)
        except ProductError as refusal:
            answer = await self.refuse(request, pending, refusal)
        if cookie in request.cookies:
            access.drop_cookie(self.installation.settings, answer, cookie)
        return answer

    def _cookie(self, state: str) -> str:
        ours = state if state.isascii() and state.isalnum() else ""
        return access.cookie_name(self.installation.settings, f"certs_{self.name}_{ours[:16]}")


def sealed(seal: Seal, purpose: str, kept: object) -> str:
    """Return a dataclass sealed for a cookie; `purpose` distinguishes it from all else that is
    sealed with the same keys."""
    return seal.seal_secret(f"{purpose} {TypeAdapter(type(kept)).dump_json(kept).decode()}")


def opened(seal: Seal, purpose: str, sealed: str, kind: type[Kept], stale: str) -> Kept:
    """Return the dataclass that was sealed for this purpose.

    Raises ProductError, which says `stale`, for anything sealed elsewhere or for another purpose.
    """
    try:
        sealed_for, _, text = seal.open_secret(sealed).partition(" ")
        if sealed_for == purpose:
            return TypeAdapter(kind).validate_json(text)
    except (SettingRefused, ValueError):
        pass
    raise ProductError(stale)
