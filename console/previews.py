"""Previews that were drawn for a screen, kept under the hash of all that made them."""

import hashlib
import threading
from collections import OrderedDict

from shared.rendering.design import CompiledDesign, render_preview
from shared.rendering.facts import Facts

MOST_PREVIEWS = 200
_pictures: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def preview_url(design: CompiledDesign, facts: Facts, width: int = 1000) -> str:
    """Where the browser finds the certificate as a JPEG of `width` pixels.

    Raises NameProblem when it cannot be drawn.
    """
    key = hashlib.sha256(f"{design.sha256} {facts} {width}".encode()).hexdigest()
    if kept(key) is None:
        _keep(key, render_preview(design, facts, width))
    return f"/preview/{key}.jpg"


def kept(key: str) -> bytes | None:
    with _lock:
        return _pictures.get(key)


def _keep(key: str, picture: bytes) -> None:
    with _lock:
        _pictures[key] = picture
        while len(_pictures) > MOST_PREVIEWS:
            _pictures.popitem(last=False)
