"""What went wrong, as an answer: the one table from product errors to code and HTTP status."""

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from starlette.exceptions import HTTPException

from api.dependencies import language_of, wrong_tokens
from shared.errors import (
    AlreadyMailed,
    InvitationUnknown,
    NameMissing,
    NotAllowed,
    PictureRefused,
    ProductError,
    SettingRefused,
    explain,
)
from shared.language import N_, translate

_log = logging.getLogger(__name__)


class UserUnknown(InvitationUnknown):
    message = N_("user not in server")


class PictureMissing(PictureRefused):
    message = N_("No picture arrived. Send the file as the form field “template”.")


class ActionUnknown(SettingRefused):
    message = N_("action: must be send, query or check")


class TooManyWrongTokens(ProductError):
    message = N_(
        "Too many links or tokens that open nothing came from your network. "
        "Wait a minute and try again."
    )


# What an error is to a client: HTTP status and code. The nearest base class decides.
OUTCOMES: dict[type[ProductError], tuple[int, int]] = {
    NameMissing: (200, 1),
    UserUnknown: (200, 1),
    InvitationUnknown: (200, 2),
    NotAllowed: (200, 2),
    AlreadyMailed: (200, 3),
    ProductError: (200, 4),
    TooManyWrongTokens: (429, 429),
}

# Errors of HTTP have no outcome of a call to tell, so that their code is the status itself.
_HTTP_MESSAGES = {
    404: N_("There is nothing at this address."),
    405: N_("This address does not take that method."),
    413: N_("The request is too large."),
    422: N_("The request cannot be read. It must be JSON of the documented shape."),
    500: N_("Something broke on our side. It was noted; please try again later."),
    503: N_("The database does not answer. Please try again in a moment."),
}


def install(app: FastAPI) -> None:
    """Make every error of `app` an envelope."""
    app.add_exception_handler(ProductError, _product_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_error)
    for kind in (OperationalError, InterfaceError, NoFreeConnection):
        app.add_exception_handler(kind, _no_database)
    app.add_exception_handler(Exception, _bug)


def envelope(code: int, message: str, status: int = 200) -> JSONResponse:
    return JSONResponse({"code": code, "data": "", "message": message}, status)


def http_envelope(request: Request, status: int) -> JSONResponse:
    text = _HTTP_MESSAGES.get(status, _HTTP_MESSAGES[422])
    return envelope(status, translate(text, language_of(request)), status)


def outcome(error: ProductError) -> tuple[int, int]:
    """HTTP status and code of a product error."""
    return next(OUTCOMES[kind] for kind in type(error).__mro__ if kind in OUTCOMES)


async def _product_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProductError)
    if isinstance(error, InvitationUnknown | NotAllowed) and not wrong_tokens(request).may_go_on():
        error = TooManyWrongTokens()
    status, code = outcome(error)
    answer = envelope(code, explain(error, language_of(request)), status)
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    answer = translate(_HTTP_MESSAGES[422], language_of(request))
    return envelope(422, f"{answer} ({_first_fault(error.errors())})", 422)


def _first_fault(faults: Sequence[dict[str, object]]) -> str:
    place = faults[0]["loc"]
    assert isinstance(place, Sequence)
    return f"{'.'.join(str(part) for part in place)}: {faults[0]['msg']}"


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    # 400 is what the framework says of bodies that it cannot take apart.
    status = 422 if error.status_code == 400 else error.status_code
    answer = http_envelope(request, status)
    answer.headers.update(error.headers or {})
    return answer


async def _no_database(request: Request, error: Exception) -> JSONResponse:
    # The statement is left out of the log: its values are people's names and addresses.
    _log.error("The database does not answer: %s", getattr(error, "orig", error))
    answer = http_envelope(request, 503)
    answer.headers["Retry-After"] = "5"
    return answer


async def _bug(request: Request, _: Exception) -> JSONResponse:
    return http_envelope(request, 500)
