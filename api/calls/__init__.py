"""The six calls of the old program, and later additions: JSON in, an envelope out."""

import json
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from shared.errors import SettingRefused
from shared.findings import Finding, Level
from shared.language import N_, translate

Data = TypeVar("Data")

# A token that is not a string is a wrong token (code 2), not a malformed request.
Token = Annotated[
    str,
    BeforeValidator(lambda value: value if isinstance(value, str) else ""),
    WithJsonSchema({"title": "Token"}),
]

# Names are compared letter by letter, so only this many, and only this long.
_MOST_COMPARED = 200
_LONGEST_COMPARED = 30
_MOST_TOLD = 20


def with_example(**fields: Any) -> ConfigDict:
    """Return the configuration of a body whose description shows these fields as an example."""
    return ConfigDict(json_schema_extra={"examples": [{"token": "…", **fields}]})


class CallBody(BaseModel):
    """A JSON object with a token. Unknown fields change nothing and are reported (`unknown`)."""

    model_config = ConfigDict(extra="allow")

    token: Token = ""

    def unknown(self) -> list[Finding]:
        """Return what `unknown_fields` finds in this body. Raises SettingRefused."""
        return unknown_fields(self.model_extra or {}, type(self).model_fields)

    @model_validator(mode="before")
    @classmethod
    def _is_unicode(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values  # The bytes of another kind of content, which are refused as no object.
        # JSON can spell half of a surrogate pair, which no database and no answer can hold.
        try:
            json.dumps(values, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("the text contains half of a surrogate pair") from None
        return values


def unknown_fields(given: Iterable[str], known: Collection[str]) -> list[Finding]:
    """Return a finding for each name that the call does not have, with the one probably meant.

    Raises SettingRefused if that is `event`, since the call would act on another event.
    """
    meant_by = {name: nearest(name, known) for name in islice(given, _MOST_COMPARED)}
    for name, meant in meant_by.items():
        if meant == "event":
            reason = N_("is not a field of this call. Write “event”. Nothing was stored.")
            raise SettingRefused(field=name, reason=reason)
    return [
        Finding(
            Level.AMBER,
            N_("Fields"),
            _MEANT if meant else _UNKNOWN,
            {"field": name[:_LONGEST_COMPARED], "meant": meant},
        )
        for name, meant in islice(meant_by.items(), _MOST_TOLD)
    ]


def nearest(name: str, known: Collection[str]) -> str:
    """Return the known name that is nearly the same; empty if there is none."""
    if len(name) > _LONGEST_COMPARED:
        return ""
    return next(iter(get_close_matches(name.lower(), known, n=1)), "")


_UNKNOWN = N_("“{field}” is not a field of this call and was ignored.")
_MEANT = N_("“{field}” is not a field of this call and was ignored. Did you mean “{meant}”?")


class CheckedItem(BaseModel):
    level: str = Field(description="`green`, `amber` (ask a person) or `red` (do not send)")
    subject: str
    words: str

    @classmethod
    def of(cls, finding: Finding, language: str) -> "CheckedItem":
        subject = translate(finding.subject, language)
        return cls(level=finding.level.value, subject=subject, words=finding.said(language))


class Envelope(BaseModel, Generic[Data]):
    """`code` 0 is success; otherwise `message` says what to do, and `data` is empty.

    1 name missing (in getUserInfo: no such user), 2 token not valid, 3 already sent, 4 the
    picture or the mail failed, or a value cannot be used; from 400 on: as the HTTP status.
    """

    code: int = Field(0, description="0 is success")
    data: Data | Literal[""]
    message: str = "success"


class Refusal(BaseModel):
    """The call had no outcome: `code` repeats the HTTP status, `message` says what to do."""

    code: int
    data: Literal[""]
    message: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    413: {"model": Refusal, "description": "The request is too large"},
    422: {"model": Refusal, "description": "The request is malformed"},
    429: {"model": Refusal, "description": "Too many wrong tokens from this address"},
    503: {"model": Refusal, "description": "The database does not answer"},
}


def described(status: int, *kinds: str) -> dict[int | str, dict[str, Any]]:
    """Describe the answer with this status, in one of these media types, for OpenAPI."""
    content: dict[str, Any] = {kind: {"schema": {}} for kind in kinds}
    return {status: {"description": HTTPStatus(status).phrase, "content": content}}
