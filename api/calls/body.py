"""What the bodies of all calls have in common."""

import json
from typing import Any

from pydantic import BaseModel, model_validator

from api.dependencies import Token


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
