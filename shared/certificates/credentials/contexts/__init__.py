"""The two JSON-LD contexts that credentials are written in, as published: never fetched."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

# Another text would give signed statements another meaning: that of "3.0.3" has changed once.
_FILES = {
    CREDENTIALS: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}


@cache
def context(address: str) -> dict[str, Any]:
    """The context published at this address. Raises LookupError for any other."""
    name, digest = _FILES[address]
    content = (Path(__file__).parent / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise RuntimeError(f"{name} is not the text that it was when credentials were signed by it")
    found: dict[str, Any] = json.loads(content)
    return found
