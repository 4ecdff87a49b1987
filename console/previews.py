"""Previews for a screen, kept under the hash of all that made them."""

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

from shared.rendering.design import NOTHING, CompiledDesign, check, drawn, render_preview
from shared.rendering.facts import Facts

MOST_PREVIEWS = 200
_pictures: OrderedDict[str, Future[bytes]] = OrderedDict()
# Bytes of the certificates themselves, of those previews that were weighed.
_sizes: dict[str, Future[int]] = {}
_lock = threading.Lock()
_painters = ThreadPoolExecutor(2, "preview")


def preview_url(design: CompiledDesign, facts: Facts, width: int = 1000) -> str:
    """Where the browser finds the certificate as a JPEG of `width` pixels.

    It is drawn while the address is on its way. Raises NameProblem when it cannot be drawn.
    """
    check(design, facts)
    return _url(f"{design.sha256} {facts} {width}", design, facts, width)


def preview_and_size(
    design: CompiledDesign, facts: Facts, width: int = 1000
) -> tuple[str, Future[int]]:
    """As `preview_url`, and the bytes of the certificate itself as a JPEG.

    They are known a little after the preview, which does not wait for them.
    """
    check(design, facts)
    key = _key(f"{design.sha256} {facts} {width} weighed")
    with _lock:
        if key not in _sizes or key not in _pictures or _has_failed(_pictures[key]):
            _pictures[key], _sizes[key] = Future(), Future()
            _painters.submit(_draw, design, facts, width, _pictures[key], _sizes[key])
        size = _sizes[key]
        _keep_few()
    return _address(key), size


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
        _sizes.clear()


def _url(made_of: str, design: CompiledDesign, facts: Facts, width: int) -> str:
    key = _key(made_of)
    with _lock:
        if key not in _pictures or _has_failed(_pictures[key]):
            _pictures[key] = _painters.submit(render_preview, design, facts, width)
        _keep_few()
    return _address(key)


def _draw(
    design: CompiledDesign,
    facts: Facts,
    width: int,
    picture: Future[bytes],
    size: Future[int],
) -> None:
    """One drawing for the preview, which comes first, and the file, which is weighed."""
    try:
        strips = drawn(design, facts)
        picture.set_result(design.preview(width).jpeg(strips))
        size.set_result(len(design.jpeg.spliced(strips, design.dpi)))
    except BaseException as problem:
        # Whoever waits for one of them hears of it.
        for one in (one for one in (picture, size) if not one.done()):
            one.set_exception(problem)


def _key(made_of: str) -> str:
    return hashlib.sha256(made_of.encode()).hexdigest()


def _address(key: str) -> str:
    return f"/preview/{key}.jpg"


def _keep_few() -> None:
    """The newest only."""
    while len(_pictures) > MOST_PREVIEWS:
        left, _ = _pictures.popitem(last=False)
        _sizes.pop(left, None)


def _has_failed(picture: Future[bytes]) -> bool:
    return picture.done() and picture.exception() is not None
