"""To a provider's sign-in and back: authorization code, PKCE (RFC 6749, 4.1; RFC 7636; RFC 9700).

What somebody went there for is kept, sealed, in a cookie of their browser: one for each request, so
that no tab makes another one's stale.
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
    """A frozen dataclass; `state` has to come back with the answer."""

    @property
    def state(self) -> str: ...


Went = TypeVar("Went", bound=SignInRequest)
Kept = TypeVar("Kept")


class ProviderErrands(ABC, Generic[Went]):
    """The two addresses within the console that a sign-in at a provider passes through.

    `name` is that of the cookies and distinguishes what is in them; `kind` is what an errand is,
    `stale` says that an answer belongs to none.
    """

    name: ClassVar[str]
    kind: type[Went]
    stale: ClassVar[str]

    def __init__(self, installation: Installation) -> None:
        self.installation = installation

    @abstractmethod
    async def begin(self, request: Request) -> tuple[Response, Went]:
        """The answer that leads the browser to the provider, and what to keep until it returns.
        Changes nothing, since link scanners may come this way. Raises ProductError."""

    @abstractmethod
    async def finish(self, request: Request, errand: Went) -> Response:
        """What becomes of the provider's answer. Raises ProductError."""

    @abstractmethod
    async def refuse(
        self, request: Request, errand: Went | None, refusal: ProductError
    ) -> Response:
        """The page that says why. `errand` is None until one was opened."""

    async def go(self, request: Request) -> Response:
        """Lead to the provider."""
        try:
            answer, errand = await self.begin(request)
        except ProductError as refusal:
            return await self.refuse(request, None, refusal)
        kept = sealed(self.installation.seal, self.name, errand)
        cookie = self._cookie(errand.state)
        access.set_cookie(self.installation.settings, answer, cookie, kept, PATIENCE)
        return answer

    async def come_back(self, request: Request) -> Response:
        """Return from the provider, once: the cookie is gone afterwards."""
        state = request.query_params.get("state", "")
        cookie, errand = self._cookie(state), None
        try:
            kept = request.cookies.get(cookie, "")
            errand = opened(self.installation.seal, self.name, kept, self.kind, self.stale)
            if errand.state != state:
                raise ProductError(self.stale)
            answer = await self.finish(request, errand)
        except ProductError as refusal:
            answer = await self.refuse(request, errand, refusal)
        if cookie in request.cookies:
            access.drop_cookie(self.installation.settings, answer, cookie)
        return answer

    def _cookie(self, state: str) -> str:
        ours = state if state.isascii() and state.isalnum() else ""
        return access.cookie_name(self.installation.settings, f"certs_{self.name}_{ours[:16]}")


def sealed(seal: Seal, purpose: str, kept: object) -> str:
    """A dataclass for a cookie; `purpose` distinguishes it from all else sealed with the same
    keys."""
    return seal.seal_secret(f"{purpose} {TypeAdapter(type(kept)).dump_json(kept).decode()}")


def opened(seal: Seal, purpose: str, sealed: str, kind: type[Kept], stale: str) -> Kept:
    """The dataclass that was sealed for this purpose. Raises ProductError, which says `stale`, for
    anything sealed elsewhere or for another purpose."""
    try:
        told, _, text = seal.open_secret(sealed).partition(" ")
        if told == purpose:
            return TypeAdapter(kind).validate_json(text)
    except (SettingRefused, ValueError):
        pass
    raise ProductError(stale)
