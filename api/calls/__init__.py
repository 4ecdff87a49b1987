"""The six calls of the old program, and later additions: JSON in, an envelope out."""

import json
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema, model_validator

Data = TypeVar("Data")

# A token that is not a string is a wrong token (code 2), not a malformed request.
Token = Annotated[
    str,
    BeforeValidator(lambda value: value if isinstance(value, str) else ""),
    WithJsonSchema({"title": "Token"}),
]


class CallBody(BaseModel):
    """A JSON object with a token. Unknown fields are ignored."""

    token: Token = ""

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
