"""Pictures of certificates for a screen, cached for some minutes by the hash of all their inputs,
and drawn while their address is on its way to the browser (`make bench`: a slider step).

People erase themselves in another process, which does not tell this one, so none is cached for
long.
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
from shared.rendering.layout import Field, Layout
from shared.rendering.placed import check
from shared.rendering.text.typesetting import Typesetting
from shared.settings import Settings, settings
from shared.storage.models import Certificate, Design, Event
from shared.volunteers.people.first_people import first_name

CACHED_SECONDS = 600.0
# Of a preview, in pixels.
WIDTH = 1000
# Of the sheet that is edited, which is as large as the window allows.
SHEET_WIDTH = 1400
EVENT_PICTURE = "/picture/{event:int}/{version}.jpg"
_WIDTH_OF_EVENT = 560
_SAMPLE_NAME = N_("Alex Chen")
# Whoever is signed out meanwhile may look again at what their own browser has kept.
_CACHING = {"Cache-Control": "private, max-age=86400"}
# Of one that is not drawn yet.
_EXPECTED_OCTETS = 200_000
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Preview:
    """The image, and the size of the certificate itself if that was asked for."""

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


def preview_and_size(design: CompiledDesign, facts: Facts) -> tuple[str, Future[int]]:
    """Where the browser finds a preview of the certificate, and the size of the certificate itself
    as a JPEG, in bytes.

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
    """Where the browser finds the template without any field."""
    made_of = f"{design.template.sha256} {SHEET_WIDTH}"
    return _ask(made_of, _painters, _draw_sheet, design)


def _draw_sheet(design: CompiledDesign) -> bytes:
    return design.template.preview(SHEET_WIDTH).jpeg(())


def field_url(design: CompiledDesign, field: Field, facts: Facts) -> str:
    """Where the browser finds a field of the certificate as a transparent picture of its box, to
    be laid on the sheet of `sheet_url`: the same address wherever it stands; "" if nothing is
    drawn. Raises NameProblem if it cannot be drawn.
    """
    resolved = design.resolve_facts(field, facts)
    if not resolved.is_visible:
        return ""
    made_of = f"{design.look_of(resolved)} {SHEET_WIDTH}"
    return _ask(made_of, _painters, _noted, render_field, design, resolved, SHEET_WIDTH, kind="png")


def gallery_url(choice: DesignChoice, facts: Facts, before: Layout | None, width: int) -> str:
    """Where the browser finds one of our designs, with these facts and with what was written on
    `before` (see `layout_for`), as a JPEG of `width` pixels.

    Drawn one after the other, behind everybody's previews; what cannot be drawn is at no address.
    """
    made_of = f"{choice} {facts} {before and before.to_json()} {width}"
    return _ask(made_of, _wall_painter, _draw_of_gallery, choice, facts, before, width)


def _draw_of_gallery(
    choice: DesignChoice, facts: Facts, before: Layout | None, width: int
) -> bytes:
    layout = layout_for(choice, facts.link, before)
    brought = {choice.logo.sha256: choice.logo.content} if choice.logo else {}
    kept = {field.id for field in layout.fields if field.own_picture not in (None, *brought)}
    # What else was put on the certificate is not on the wall.
    bare = layout.model_copy(
        update={"fields": tuple(field for field in layout.fields if field.id not in kept)}
    )
    sheet = sketch(choice, width * 2 if choice.is_upright else width * 3 // 2)
    anew = Typesetting(language=facts.language)
    design = compile_design(sheet, bare, brought, typesetting=anew, common=facts.common)
    return _noted(render_preview, design, facts, width)


def drawing(key: str) -> Future[bytes] | None:
    """The image that is or will be drawn; None if no screen requested it."""
    with _lock:
        found = _previews.get(key)
    return found.picture if found else None


def cached(key: str) -> bytes | None:
    """The image, once it is drawn; None if no screen requested it."""
    found = drawing(key)
    return found.result() if found else None


async def serve_preview(request: Request) -> Response:
    """A preview that a screen requested, by the hash of its content."""
    key, _, kind = request.path_params["file"].partition(".")
    picture = drawing(key)
    if picture is None or kind not in _MEDIA_TYPES:
        return Response(status_code=404)
    try:
        # Shielded: who leaves before it is drawn cancels it for nobody else.
        content = await asyncio.shield(asyncio.wrap_future(picture))
    except ProductError:
        return Response(status_code=404)
    return Response(content, media_type=_MEDIA_TYPES[kind])


def forget_all() -> None:
    """Drop all images, since somebody who was erased is on one of them."""
    with _lock:
        _previews.clear()


def _check(design: CompiledDesign, facts: Facts) -> None:
    """Raises NameProblem for what cannot be drawn, and for what this program got stuck on twice."""
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


def _url(made_of: str, design: CompiledDesign, facts: Facts, width: int) -> str:
    return _ask(made_of, _painters, _noted, render_preview, design, facts, width)


def _ask(
    made_of: str,
    painters: ThreadPoolExecutor,
    draw: Callable[..., bytes],
    *given: Any,
    kind: str = "jpg",
) -> str:
    """The address of what is drawn, unless it is there."""
    key = _key(made_of)
    with _lock:
        if _good(key) is None:
            _cache(key, _Preview(painters.submit(draw, *given)))
    return _address(key, kind)


def _draw(design: CompiledDesign, facts: Facts, picture: Future[bytes], size: Future[int]) -> None:
    """Draw once for both the preview, which comes first, and the file, whose size is wanted."""
    try:
        strips = drawn(design, facts)
        picture.set_result(design.preview(WIDTH).jpeg(strips))
        size.set_result(len(design.jpeg.spliced(strips, design.dpi)))
    except BaseException as problem:
        # Everybody waiting for one of them gets the error.
        for future in (picture, size):
            if not future.done():
                future.set_exception(problem)


def _key(made_of: str) -> str:
    return hashlib.sha256(made_of.encode()).hexdigest()


def _address(key: str, kind: str = "jpg") -> str:
    return f"{settings().console_path}/preview/{key}.{kind}"


def _good(key: str) -> _Preview | None:
    """What is cached under the key, unless drawing it failed."""
    found = _previews.get(key)
    return None if found and found.picture.done() and _is_missing(found) else found


def _cache(key: str, preview: _Preview) -> _Preview:
    if not _previews:
        _look_again()
    _previews[key] = preview

    def weigh(_: Future[bytes]) -> None:
        """What was drawn counts in place of what was expected."""
        with _lock:
            if found := _previews.get(key):
                _previews[key] = found

    preview.picture.add_done_callback(weigh)
    return preview


def _forget_old() -> None:
    """Drop what was drawn too long ago, though nobody asks for it."""
    with _lock:
        _previews.expire()
        if _previews:
            _look_again()


def _look_again() -> None:
    timer = threading.Timer(_previews.ttl / 10, _forget_old)
    timer.daemon = True
    timer.start()


# A small picture of an event's certificate at an address of its own, with the name of its first
# volunteer for readers who may see names, and with a sample for others. A screen that shows many
# events asks the database for none of their designs: the browser fetches each picture once, and
# keeps it until the design or what is written on it changes.


def event_picture(event: Event, name: str = "") -> str:
    """Where the browser finds the picture with this name, or with a sample; empty before the event
    has a certificate."""
    if event.design_id is None:
        return ""
    return f"{settings().console_path}/picture/{event.id}/{_version(event, name)}.jpg"


def _version(event: Event, name: str) -> str:
    written = (event.design_id, event.name, event.organization, event.language)
    shown = f"{written} {event.certificate_date} {event.number_pattern} {name}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def serve_event_picture(installation: Installation, request: Request) -> Response:
    """Answers with the picture of `event_picture`, for whoever may see the event."""
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
            # A name that does not fit is told of elsewhere.
            except NameProblem:
                address = _event_preview(session, event, event.design, "")
    except ProductError:
        return Response(status_code=404)
    picture = cached(address.rpartition("/")[2].removesuffix(".jpg"))
    if picture is None:
        return Response(status_code=404)
    return Response(picture, media_type="image/jpeg", headers=_CACHING)


def _event_preview(session: Session, event: Event, design: Design, name: str) -> str:
    """The address of the preview. Raises NameProblem and FontRefused."""
    facts = sample_facts(
        settings(),
        event,
        name or translate(_SAMPLE_NAME, event.language),
        sample_values(session, event),
        datetime.now(ZoneInfo(event.time_zone)).date(),
    )
    return preview_url(designs.compiled(session, design, facts), facts, _WIDTH_OF_EVENT)
