"""Errors as answers: the table from product errors to HTTP status and code."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from api.dependencies import is_within, language_of
from api.pages import language_of_page, page
from shared.budgets import WRONG_TOKENS
from shared.errors import (
    AlreadyMailed,
    CertificateNeverSent,
    ForNow,
    InvitationUnknown,
    NameMissing,
    NotAllowed,
    Outgrown,
    ProductError,
    RoleTooLow,
    explain,
)
from shared.language import N_, Language, translate
from shared.storage.database import DATABASE_AWAY, is_disk_full, note_fault


class UserUnknown(InvitationUnknown):
    message = N_("user not in server")


class Unauthorized(NotAllowed):
    """A missing or wrong token at an address that answers with HTTP statuses (401)."""


class TooMany(ProductError):
    """A network that sent too many requests."""


class FromAnotherSite(ProductError):
    message = N_("This form works on our own page only. Open the page itself and try again.")


# HTTP status and code of each error. The nearest base class decides.
OUTCOMES: dict[type[ProductError], tuple[int, int]] = {
    NameMissing: (200, 1),
    CertificateNeverSent: (410, 410),
    UserUnknown: (200, 1),
    InvitationUnknown: (200, 2),
    NotAllowed: (200, 2),
    Unauthorized: (401, 401),
    RoleTooLow: (200, 2),
    AlreadyMailed: (200, 3),
    ProductError: (200, 4),
    TooMany: (429, 429),
    ForNow: (503, 503),
    Outgrown: (503, 503),
    FromAnotherSite: (403, 403),
}

_TOO_MANY_TOKENS = N_(
    "Too many links or tokens that open nothing came from your network. "
    "Wait a minute and try again."
)

# Seconds after which to ask again.
_RETRY_AFTER = {429: "60", 503: "5"}

# HTTP errors are no outcome of a call, so their code repeats the status.
_HTTP_MESSAGES = {
    404: N_("There is nothing at this address."),
    405: N_("This address does not take that method."),
    408: N_("The request took too long to arrive."),
    410: N_("This is gone: the certificate was replaced or withdrawn, or its event was deleted."),
    413: N_("The request is too large."),
    422: N_("The request cannot be read. It must be JSON of the documented shape."),
    500: N_("Something went wrong on our side. It was logged. Try again later."),
    503: N_("The database does not answer. Try again in a moment."),
}

# These answer programs, even if a browser asks for a page.
_FOR_PROGRAMS = ("/api/", "/health", "/metrics", "/openapi.json", "/static/")


def install(app: FastAPI) -> None:
    """Answer every error of `app` with an envelope, or with a page for people."""
    app.add_exception_handler(ProductError, product_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    for kind in DATABASE_AWAY:
        app.add_exception_handler(kind, _no_database)
    app.add_exception_handler(ClientDisconnect, _half_a_request)
    app.add_exception_handler(Exception, _bug)


def http_answer(request: Request, status: int, detail: str = "") -> Response:
    """Return the answer for an HTTP error; `detail` is for programmers, in English."""
    text = translate(_HTTP_MESSAGES.get(status, _HTTP_MESSAGES[422]), _readers_language(request))
    return _answer(request, status, status, f"{text} ({detail})" if detail else text)


async def too_large(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 413 in front of the framework, whose own limit answers in plain text."""
    await http_answer(Request(scope), 413)(scope, receive, send)


def _answer(request: Request, status: int, code: int, message: str) -> Response:
    """Return a page to browsers that ask for one, the envelope to everybody else."""
    if not is_for_a_person(request):
        return JSONResponse({"code": code, "data": "", "message": message}, status)
    return page(
        request,
        "trouble.html",
        # A page that shows only an error is not the page that was asked for.
        status=404 if status == 200 else status,
        message=message,
    )


def is_for_a_person(request: Request) -> bool:
    wants_page = "text/html" in request.headers.get("accept", "")
    return wants_page and not request.url.path.startswith(_FOR_PROGRAMS)


def _readers_language(request: Request) -> Language:
    return language_of_page(request) if is_for_a_person(request) else language_of(request)


def outcome(error: ProductError) -> tuple[int, int]:
    """Return the HTTP status and the code of a product error."""
    return next(OUTCOMES[kind] for kind in type(error).__mro__ if kind in OUTCOMES)


def unknown_link(request: Request, template: str = "unknown_link.html") -> Response:
    """Return the page that says that nobody has this link, and count it as a wrong token.

    Raises TooMany.
    """
    if not is_within(WRONG_TOKENS, request):
        raise TooMany(_TOO_MANY_TOKENS)
    return page(request, template, status=404)


class PageRoute(APIRoute):
    """A route behind a personal link; a link that nobody has gets `unknown_link`."""

    template = "unknown_link.html"

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_or_say(request: Request) -> Response:
            try:
                return await answer(request)
            except InvitationUnknown:
                return unknown_link(request, self.template)

        return answer_or_say


async def product_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProductError)
    return refusal(request, error)


def refusal(request: Request, error: ProductError) -> Response:
    """Return the answer to a product error, and count wrong tokens of the client's network."""
    if isinstance(error, InvitationUnknown | NotAllowed) and not is_within(WRONG_TOKENS, request):
        error = TooMany(_TOO_MANY_TOKENS)
    status, code = outcome(error)
    answer = _answer(request, status, code, explain(error, _readers_language(request)))
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110, 15.5.2
    if status in _RETRY_AFTER:
        answer.headers["Retry-After"] = _RETRY_AFTER[status]
    return answer


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    place = faults[0]["loc"]
    assert isinstance(place, Sequence)
    first_fault = f"{'.'.join(str(part) for part in place)}: {faults[0]['msg']}"
    return http_answer(request, 422, first_fault)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # The framework answers 400 for bodies that it cannot parse.
    status = 422 if error.status_code == 400 else error.status_code
    answer = http_answer(request, status)
    answer.headers.update(error.headers or {})
    if status == 405:
        # The framework names the methods of one route; an address may have several.
        answer.headers["Allow"] = ", ".join(_methods_at(request))
    return answer


def _methods_at(request: Request) -> list[str]:
    """Return the methods that the request's address allows (RFC 9110, 10.2.1)."""
    scope, routes = request.scope, request.app.routes
    taken = [
        method
        for method in ("GET", "POST")
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    # A GET without its body: see `EveryRequest`.
    return [*taken, "HEAD"] if "GET" in taken else taken


async def _half_a_request(request: Request, _: Exception) -> Response:
    """Answer a client that has gone, so that the figures count the request."""
    return http_answer(request, 408)


async def _no_database(request: Request, error: Exception) -> Response:
    message = note_fault(error) or _HTTP_MESSAGES[503]
    answer = _answer(request, 503, 503, translate(message, _readers_language(request)))
    answer.headers["Retry-After"] = _RETRY_AFTER[503]
    return answer


async def _bug(request: Request, error: Exception) -> Response:
    return await _no_database(request, error) if is_disk_full(error) else http_answer(request, 500)
