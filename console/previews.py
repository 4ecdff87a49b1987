"""Previews for a screen, kept under the hash of all that made them."""

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

from shared.rendering.design import NOTHING, CompiledDesign, check, render_preview
from shared.rendering.facts import Facts

MOST_PREVIEWS = 200
_pictures: OrderedDict[str, Future[bytes]] = OrderedDict()
_lock = threading.Lock()
_painters = ThreadPoolExecutor(2, "preview")


def preview_url(design: CompiledDesign, facts: Facts, width: int = 1000) -> str:
    """Where the browser finds the certificate as a JPEG of `width` pixels.

    It is drawn while the address is on its way. Raises NameProblem when it cannot be drawn.
    """
    check(design, facts)
    return _url(f"{design.sha256} {facts} {width}", design, facts, width)


def template_url(design: CompiledDesign, width: int = 1000) -> str:
    """Where the browser finds what stands on all certificates: the same address for as long as
    nothing of that is changed."""
    return _url(f"{design.fixed_sha256} {width}", design, NOTHING, width)


def kept(key: str) -> bytes | None:
    """The picture, once it is drawn; None if no screen has asked for it."""
    with _lock:
        picture = _pictures.get(key)
    return picture.result() if picture else None


def forget_all() -> None:
    """Keep no picture: somebody who was erased is on one of them."""
    with _lock:
        _pictures.clear()


def _url(made_of: str, design: CompiledDesign, facts: Facts, width: int) -> str:
    key = hashlib.sha256(made_of.encode()).hexdigest()
    with _lock:
        if key not in _pictures or _has_failed(_pictures[key]):
            _pictures[key] = _painters.submit(render_preview, design, facts, width)
        while len(_pictures) > MOST_PREVIEWS:
            _pictures.popitem(last=False)
    return f"/preview/{key}.jpg"


def _has_failed(picture: Future[bytes]) -> bool:
    return picture.done() and picture.exception() is not None
