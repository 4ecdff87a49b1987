"""Images of certificates for a screen, cached for some minutes by the hash of all their inputs, and
drawn while their address is on its way to the browser (`make bench`: a slider step).

None is cached for long, since another process, which does not tell this one, may erase people.
"""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from cachetools import TTLCache
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from console.signin.session import signed_in
from shared import budgets, liveness
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.gallery import layout_for
from shared.certificates.issuing.columns import sample_values
from shared.certificates.issuing.drawing import facts_of
from shared.certificates.issuing.samples import sample_facts
from shared.errors import NameProblem, ProductError
from shared.events.installation import Installation
from shared.language import N_, translate
from shared.rendering.design import (
    CompiledDesign,
    compile_design,
    drawn,
    render_field,
    render_preview,
)
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import DesignChoice
from shared.rendering.gallery.drawing import sketch
from shared.rendering.gallery.layouts import size_of
from shared.rendering.layout import Field, Layout
from shared.rendering.placed import check
from shared.rendering.text.typesetting import Typesetting
from shared.settings import Settings, settings
from shared.storage.models import Certificate, Design, Event
from shared.volunteers.people.first_people import first_name

CACHED_SECONDS = 600.0
# The width of a preview, in pixels.
WIDTH = 1000
# The width of the sheet in the editor, which is as large as the window allows.
SHEET_WIDTH = 1400
EVENT_PICTURE = "/picture/{event:int}/{version}.jpg"
_WIDTH_OF_EVENT = 560
_SAMPLE_NAME = N_("Alex Chen")
# A browser may show again what it has kept, also after its reader was signed out.
_CACHING = {"Cache-Control": "private, max-age=86400"}
# The size of an image that is not drawn yet.
_EXPECTED_OCTETS = 200_000
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Preview:
    """An image, and the size of the certificate itself in bytes if that was asked for."""

    picture: Future[bytes]
    size: Future[int] = field(default_factory=Future)

    @property
    def octets(self) -> int:
        return _EXPECTED_OCTETS if _is_missing(self) else len(self.picture.result())


def _is_missing(preview: _Preview) -> bool:
    drawing = preview.picture
    return not drawing.done() or drawing.cancelled() or drawing.exception() is not None


def _no_previews(
    most: int = budgets.PREVIEWS.most, seconds: float = CACHED_SECONDS
) -> TTLCache[str, _Preview]:
    return TTLCache(most, seconds, getsizeof=lambda preview: preview.octets)


_previews = _no_previews()
_lock = threading.RLock()
_painters = ThreadPoolExecutor(budgets.PAINTERS.most, "preview")
_wall_painter = ThreadPoolExecutor(budgets.WALL_PAINTERS.most, "wall")


def preview_url(design: CompiledDesign, facts: Facts, width: int = WIDTH) -> str:
    """Return the address of the certificate as a JPEG, `width` pixels wide.

    It is drawn while the address is on its way. Raises NameProblem if it cannot be drawn.
    """
    _check(design, facts)
    made_of = f"{design.sha256} {facts} {width}"
    return _ask(made_of, _painters, _noted, render_preview, design, facts, width)


def issued_url(session: Session, settings: Settings, certificate: Certificate) -> str:
    """Return the address of a certificate as it was issued; empty if it cannot be drawn, which the
    person's problem and history say."""
    facts = facts_of(settings, certificate)
    try:
        return preview_url(designs.compiled(session, certificate.design, facts), facts)
    except NameProblem:
        return ""


def preview_and_size(design: CompiledDesign, facts: Facts) -> tuple[str, Future[int]]:
    """Return the address of a preview of the certificate, and the size of the certificate itself as
    a JPEG, in bytes.

    The size is known a little after the preview, which does not wait for it. Raises NameProblem if
    it cannot be drawn.
    """
    _check(design, facts)
    key = _key(f"{design.sha256} {facts} weighed")
    with _lock:
        found = _good(key)
        if found is None:
            found = _cache(key, _Preview(Future()))
            _painters.submit(_noted, _draw, design, facts, found.picture, found.size)
    return _address(key), found.size


def sheet_url(design: CompiledDesign) -> str:
    """Return the address of the template without any field."""
    made_of = f"{design.template.sha256} {SHEET_WIDTH}"
    return _ask(made_of, _painters, lambda: design.template.preview(SHEET_WIDTH).jpeg(()))


def field_url(design: CompiledDesign, field: Field, facts: Facts) -> str:
    """Return the address of a field as a transparent image of its box, for the sheet of
    `sheet_url`.

    The address does not depend on where the field stands; it is empty if nothing is drawn. Raises
    NameProblem if it cannot be drawn.
    """
    resolved = design.resolve_facts(field, facts)
    if not resolved.is_visible:
        return ""
    made_of = f"{design.look_of(resolved)} {SHEET_WIDTH}"
    return _ask(made_of, _painters, _noted, render_field, design, resolved, SHEET_WIDTH, kind="png")


def gallery_url(choice: DesignChoice, facts: Facts, before: Layout | None, width: int) -> str:
    """Return the address of a design of the gallery as a JPEG, `width` pixels wide, with these
    facts and with what was written on `before` (see `layout_for`).

    These are drawn one after the other, without delaying previews. The address of what cannot be
    drawn answers 404.
    """
    made_of = f"{choice} {facts} {before and before.to_json()} {width}"
    return _ask(made_of, _wall_painter, _draw_of_gallery, choice, facts, before, width)


def _draw_of_gallery(
    choice: DesignChoice, facts: Facts, before: Layout | None, width: int
) -> bytes:
    layout = layout_for(choice, facts.link, before)
    brought = {choice.logo.sha256: choice.logo.content} if choice.logo else {}
    kept = {field.id for field in layout.fields if field.own_picture not in (None, *brought)}
    # The gallery leaves out other pictures that were put on the certificate.
    bare = layout.model_copy(
        update={"fields": tuple(field for field in layout.fields if field.id not in kept)}
    )
    sheet = sketch(choice, width * 2 if choice.is_upright else width * 3 // 2)
    setting = Typesetting(language=facts.language)
    design = compile_design(
        sheet, bare, brought, typesetting=setting, common=facts.common, whole=size_of(choice)
    )
    return _noted(render_preview, design, facts, width)


def drawing(key: str) -> Future[bytes] | None:
    """Return the image that is or will be drawn; None if no screen requested it."""
    with _lock:
        found = _previews.get(key)
    return found.picture if found else None


def cached(key: str) -> bytes | None:
    """Wait until the image is drawn, and return it; None if no screen requested it."""
    found = drawing(key)
    return found.result() if found else None


async def serve_preview(request: Request) -> Response:
    """Answer with a preview that a screen requested, by the hash of its inputs."""
    key, _, kind = request.path_params["file"].partition(".")
    picture = drawing(key)
    if picture is None or kind not in _MEDIA_TYPES:
        return Response(status_code=404)
    try:
        # Shielded, so that a client that leaves does not cancel it for others.
        content = await asyncio.shield(asyncio.wrap_future(picture))
    except ProductError:
        return Response(status_code=404)
    return Response(content, media_type=_MEDIA_TYPES[kind])


def forget_all() -> None:
    """Drop all images, since somebody who was erased is on one of them."""
    with _lock:
        _previews.clear()


def _check(design: CompiledDesign, facts: Facts) -> None:
    """Raise NameProblem for what cannot be drawn, and for what this program got stuck on twice."""
    if _named(design) in liveness.stuck_on_twice:
        raise NameProblem(
            N_(
                "This could not be drawn in two tries. Try another design or text. The "
                "administrator finds more with “certs doctor”."
            )
        )
    _noted(check, design, facts)


def _noted(draw: Callable[..., Result], design: CompiledDesign, *given: Any) -> Result:
    with liveness.working_on(_named(design)):
        return draw(design, *given)


def _named(design: CompiledDesign) -> str:
    return f"preview of {design.sha256[:24]}"


def _ask(
    made_of: str,
    painters: ThreadPoolExecutor,
    draw: Callable[..., bytes],
    *given: Any,
    kind: str = "jpg",
) -> str:
    """Return the address of an image, and have it drawn unless it is cached."""
    key = _key(made_of)
    with _lock:
        if _good(key) is None:
            _cache(key, _Preview(painters.submit(draw, *given)))
    return _address(key, kind)


def _draw(design: CompiledDesign, facts: Facts, picture: Future[bytes], size: Future[int]) -> None:
    """Draw once for both the preview, which comes first, and the file, of which only the size
    counts."""
    try:
        strips = drawn(design, facts)
        picture.set_result(design.preview(WIDTH).jpeg(strips))
        size.set_result(len(design.jpeg.spliced(strips, design.dpi)))
    except BaseException as problem:
        # Everybody who waits for either gets the error.
        for future in (picture, size):
            if not future.done():
                future.set_exception(problem)


def _key(made_of: str) -> str:
    return hashlib.sha256(made_of.encode()).hexdigest()


def _address(key: str, kind: str = "jpg") -> str:
    return f"{settings().console_path}/preview/{key}.{kind}"


def _good(key: str) -> _Preview | None:
    """Return what is cached under the key, unless drawing it failed."""
    found = _previews.get(key)
    return None if found and found.picture.done() and _is_missing(found) else found


def _cache(key: str, preview: _Preview) -> _Preview:
    if not _previews:
        _expire_later()
    _previews[key] = preview

    def weigh(_: Future[bytes]) -> None:
        """Count the real size in place of the expected one."""
        with _lock:
            if found := _previews.get(key):
                _previews[key] = found

    preview.picture.add_done_callback(weigh)
    return preview


def _forget_old() -> None:
    """Drop what was drawn too long ago, even if nobody asks for any image."""
    with _lock:
        _previews.expire()
        if _previews:
            _expire_later()


def _expire_later() -> None:
    timer = threading.Timer(_previews.ttl / 10, _forget_old)
    timer.daemon = True
    timer.start()


def event_picture(event: Event, name: str = "") -> str:
    """Return the address of a small picture of the event's certificate with this name, or a sample
    one; empty before the event has a certificate.

    A screen of many events reads none of their designs: the browser fetches each picture once, and
    keeps it until the design or its texts change.
    """
    if event.design_id is None:
        return ""
    return f"{settings().console_path}/picture/{event.id}/{_version(event, name)}.jpg"


def _version(event: Event, name: str) -> str:
    written = (event.design_id, event.name, event.organization, event.language)
    shown = f"{written} {event.certificate_date} {event.number_pattern} {name}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def serve_event_picture(installation: Installation, request: Request) -> Response:
    """Answer with the picture of `event_picture` to readers who may see the event.

    Those who may see names get the name of its first volunteer, others a sample.
    """
    event_id = request.path_params["event"]
    try:
        with installation.database.reading() as session:
            reader = signed_in(session, installation, request.cookies)
            access = reader.to(event_id)
            event = event_opened_by(session, access, event_id)
            if event.design is None:
                return Response(status_code=404)
            name = first_name(session, event) if access.may(Permission.SEE_TABLE) else ""
            if _version(event, name) != request.path_params["version"]:
                name = ""
            try:
                address = _event_preview(session, event, event.design, name)
            # Other screens say that a name does not fit.
            except NameProblem:
                address = _event_preview(session, event, event.design, "")
    except ProductError:
        return Response(status_code=404)
    picture = cached(address.rpartition("/")[2].removesuffix(".jpg"))
    if picture is None:
        return Response(status_code=404)
    return Response(picture, media_type="image/jpeg", headers=_CACHING)


def _event_preview(session: Session, event: Event, design: Design, name: str) -> str:
    """Return the address of the preview. Raises NameProblem and FontRefused."""
    facts = sample_facts(
        settings(),
        event,
        name or translate(_SAMPLE_NAME, event.language),
        sample_values(session, event),
        datetime.now(ZoneInfo(event.time_zone)).date(),
    )
    return preview_url(designs.compiled(session, design, facts), facts, _WIDTH_OF_EVENT)
