"""Previews for a screen, kept for some minutes under the hash of all their inputs.

People erase themselves in another process, which does not tell this one, so no preview is kept for
long.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from shared import liveness
from shared.certificates.designs import designs
from shared.certificates.issuing.drawing import facts_of
from shared.errors import NameProblem
from shared.language import N_
from shared.rendering.design import CompiledDesign, drawn, render_preview
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.placed import check
from shared.settings import Settings
from shared.storage.models import Certificate

MOST_PREVIEWS = 200
KEPT_SECONDS = 600.0
Result = TypeVar("Result")
_pictures: OrderedDict[str, Future[bytes]] = OrderedDict()
# Sizes of the certificates themselves, for previews whose size was asked for.
_sizes: dict[str, Future[int]] = {}
# When each was first requested, in the same order as the images.
_asked_at: dict[str, float] = {}
_lock = threading.Lock()
_painters = ThreadPoolExecutor(2, "preview")


def preview_url(design: CompiledDesign, facts: Facts, width: int = 1000) -> str:
    """Where the browser finds the certificate as a JPEG of `width` pixels.

    It is drawn while the address is on its way. Raises NameProblem if it cannot be drawn.
    """
    _check(design, facts)
    return _url(f"{design.sha256} {facts} {width}", design, facts, width)


def issued_url(session: Session, settings: Settings, certificate: Certificate) -> str:
    """Where the browser finds a certificate as it was issued; empty if it cannot be drawn, which
    the person's problem and history say."""
    facts = facts_of(settings, certificate)
    try:
        return preview_url(designs.compiled(session, certificate.design, facts), facts)
    except NameProblem:
        return ""


def get_ready(design: CompiledDesign, width: int) -> None:
    """Begin to scale the template down to `width` pixels, and return at once.

    For the first preview of a width that takes 50 ms.
    """
    _painters.submit(design.preview, width)


def preview_and_size(
    design: CompiledDesign, facts: Facts, width: int = 1000
) -> tuple[str, Future[int]]:
    """Like `preview_url`, and the size of the certificate itself as a JPEG, in bytes.

    The size is known a little after the preview, which does not wait for it.
    """
    _check(design, facts)
    key = _key(f"{design.sha256} {facts} {width} weighed")
    with _lock:
        if key not in _sizes or key not in _pictures or _has_failed(_pictures[key]):
            _pictures[key], _sizes[key] = Future(), Future()
            _painters.submit(_noted, _draw, design, facts, width, _pictures[key], _sizes[key])
        size = _sizes[key]
        _keep_few(key)
    return _address(key), size


def template_url(design: CompiledDesign, width: int = 1000) -> str:
    """Where the browser finds the parts common to all certificates: the same address as long as
    none of them changes."""
    return _url(f"{design.fixed_sha256} {width}", design, NOTHING, width)


def kept(key: str) -> bytes | None:
    """The image, once it is drawn; None if no screen requested it."""
    with _lock:
        picture = _pictures.get(key)
    return picture.result() if picture else None


def forget_all() -> None:
    """Drop all images, since somebody who was erased is on one of them."""
    with _lock:
        for known in (_pictures, _sizes, _asked_at):
            known.clear()


def _check(design: CompiledDesign, facts: Facts) -> None:
    """Raises NameProblem for what cannot be drawn, and for what this program got stuck on twice."""
    if _named(design) in liveness.stuck_on_twice:
        raise NameProblem(
            N_(
                "This is not drawn: twice in a row, the program got stuck on it. Another design or "
                "another text may help; whoever runs the program finds more with “certs doctor”."
            )
        )
    _noted(check, design, facts)


def _noted(draw: Callable[..., Result], design: CompiledDesign, *given: Any) -> Result:
    with liveness.working_on(_named(design)):
        return draw(design, *given)


def _named(design: CompiledDesign) -> str:
    return f"preview of {design.sha256[:24]}"


def _url(made_of: str, design: CompiledDesign, facts: Facts, width: int) -> str:
    key = _key(made_of)
    with _lock:
        if key not in _pictures or _has_failed(_pictures[key]):
            _pictures[key] = _painters.submit(_noted, render_preview, design, facts, width)
        _keep_few(key)
    return _address(key)


def _draw(
    design: CompiledDesign,
    facts: Facts,
    width: int,
    picture: Future[bytes],
    size: Future[int],
) -> None:
    """Draw once for both the preview, which comes first, and the file, whose size is wanted."""
    try:
        strips = drawn(design, facts)
        picture.set_result(design.preview(width).jpeg(strips))
        size.set_result(len(design.jpeg.spliced(strips, design.dpi)))
    except BaseException as problem:
        # Everybody waiting for one of them gets the error.
        for one in (one for one in (picture, size) if not one.done()):
            one.set_exception(problem)


def _key(made_of: str) -> str:
    return hashlib.sha256(made_of.encode()).hexdigest()


def _address(key: str) -> str:
    return f"/preview/{key}.jpg"


def _keep_few(key: str) -> None:
    """Keep only the newest, and `key` for its time."""
    if not _asked_at:
        _look_again_in(KEPT_SECONDS)
    _asked_at.setdefault(key, time.monotonic())
    while len(_pictures) > MOST_PREVIEWS:
        _forget_oldest()


def _forget_oldest() -> None:
    left, _ = _pictures.popitem(last=False)
    for known in (_sizes, _asked_at):
        known.pop(left, None)


def _forget_old() -> None:
    """Drop what was requested too long ago, and look at the others when their time is over."""
    with _lock:
        while _pictures and (rest := _seconds_left()) <= 0:
            _forget_oldest()
        if _pictures:
            _look_again_in(rest)


def _seconds_left() -> float:
    return _asked_at[next(iter(_pictures))] + KEPT_SECONDS - time.monotonic()


def _look_again_in(seconds: float) -> None:
    timer = threading.Timer(seconds, _forget_old)
    timer.daemon = True
    timer.start()


def _has_failed(picture: Future[bytes]) -> bool:
    return picture.done() and picture.exception() is not None
