"""Previews of the certificate with a sample name, and what does not fit."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import chosen_id, shown_design
from console.previews import preview_and_size, preview_url
from console.screens.certificate import editing, saving
from console.session import installation, reading
from console.session_key import SessionKey
from console.streamlit_edge.names import DeltaGenerator
from console.text import in_words, plain, t, written_size
from console.widgets.display import show_certificate
from console.widgets.spoken import show_caption, show_warning
from shared.certificates.designs import designs
from shared.certificates.issuing.samples import LASTS, SamplePage, page_token, sample_facts
from shared.errors import FontRefused, NameDoesNotFit, NameProblem, ProductError
from shared.events.links import sample_page_link
from shared.language import N_
from shared.preflight.checks import is_ours
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.rendering.names import MOST_CODE_POINTS
from shared.rendering.placed import QUALITIES, check, overlaps
from shared.rendering.text.typesetting import Typesetting
from shared.storage.models import Design, Event
from shared.volunteers.people.first_people import first_name
from shared.volunteers.people.listing import longest_names

_NAME = SessionKey[str]("certificate.sample_name")
# The choice to type a name; a space, since no name is.
_OWN = " "
_TYPED = SessionKey[str]("certificate.typed_name")
# A short name, a Latin one, a very long one, and one that runs from right to left.
SAMPLE_NAMES = (
    "王小明",
    "Maria Fernández",
    "Dr. Maximiliana Konstantina von Hohenberg-Schwarzenfels und Lichtenstein",
    "محمد عبد الرحمن",
)
_SIZE = N_("Certificates will be JPEGs of about {size} (quality {quality}).")
_TOO_LARGE = N_(
    "Certificates will be JPEGs of about {size}, even at the lowest quality. Upload a "
    "smaller picture, or allow larger mails below."
)


def sample_name(language: str) -> str:
    """Return a short name as people of this language may have."""
    return SAMPLE_NAMES[0 if language == "zh" else 1]


def names_to_try(session: Session, event: Event) -> list[str]:
    """Return names to draw: the first person's or a sample, other samples, and the longest of the
    list."""
    first = first_name(session, event) or sample_name(event.language)
    longest = longest_names(session, event)
    names = dict.fromkeys((first, sample_name(event.language), *SAMPLE_NAMES, *longest))
    return list(names)


def chosen_name(names: list[str]) -> str:
    """Return the name that is drawn, at first the first of `names`."""
    chosen = _NAME.get()
    if chosen == _OWN:
        return _TYPED.get("")
    return chosen if chosen in names else names[0]


def choose_name(names: list[str]) -> None:
    """Ask for the name to draw: one of `names`, or a typed one."""
    # A name that is no longer on the list must not stay chosen.
    if _NAME.get() not in (*names, _OWN):
        _NAME.set(names[0])
    words = {SAMPLE_NAMES[2]: t("A very long name"), _OWN: t("Another name")}
    label = t("Preview with the name")
    st.caption(label, width="content")
    chosen = st.pills(
        label, [*names, _OWN], required=True, key=_NAME.name, wrap=True, width="content",
        format_func=lambda name: words.get(name, name), label_visibility="collapsed",
    )  # fmt: skip
    if chosen == _OWN:
        st.text_input(
            t("Name to try"), max_chars=MOST_CODE_POINTS, key=_TYPED.name,
            placeholder=t("Name to try"), label_visibility="collapsed",
        )  # fmt: skip


def show_preview(facts: Facts, families: dict[str, str], said_in: DeltaGenerator) -> None:
    """Show the certificate in the editor; what does not fit is said in `said_in`. `families` are
    the organizer's own typefaces by SHA-256."""
    with reading() as (session, event):
        shown = shown_design(event)
        assert shown is not None
        try:
            design = designs.compiled(session, shown, facts)
        except FontRefused as problem:
            said_in.error(in_words(problem), icon=":material/format_overline:")
            # The other fields are drawn, so that another typeface can be chosen.
            kept = designs.layout_of(shown)
            kept = kept.model_copy(
                update={"fields": tuple(field for field in kept.fields if not field.own_font)}
            )
            draft = designs.compiled_draft(session, shown.template_sha256, kept)
            editing.show_editor(draft, facts, shown, families)
            return
    editing.show_editor(design, facts, shown, families)
    with said_in:
        if refusal := saving.REFUSAL.take():
            said = editing.refused(refusal, designs.layout_of(shown), facts)
            st.error(said, icon=":material/block:")
        _tell_how_it_comes_out(design, facts, event)


def _tell_how_it_comes_out(design: CompiledDesign, facts: Facts, event: Event) -> None:
    """Say what does not fit, and what a small preview does not show: the sizes of the name and of
    the file."""
    for one, other in overlaps(design, facts):
        names = [editing.field_name(design.layout.field(id), facts) for id in (one, other)]
        show_warning(
            "These overlap: {one} and {other}.",
            one=plain(names[0]),
            other=plain(names[1]),
            icon="layers",
        )
    try:
        placed = check(design, facts)
        size = preview_and_size(design, facts)[1]
    except NameProblem as problem:
        # Volunteers are asked for a shorter name; who places it can make room.
        no_room = N_(
            "“{text}” does not fit, even at the smallest size. Enlarge the box or "
            "reduce the smallest size."
        )
        text = plain(str(problem.details.get("text")))
        is_too_long = isinstance(problem, NameDoesNotFit)
        said = t(no_room, text=text) if is_too_long else in_words(problem)
        st.error(said, icon=":material/format_overline:")
        return
    name = next((field for field in placed if field.id == "name"), None)
    if name is not None:
        if name.warning:
            show_warning(name.warning)
        share = 100 * name.size / design.height
        parts = [t("The name's letters are {size}% of the picture's height", size=f"{share:.1f}")]
        if len(name.lines) > 1:
            parts.append(t("on {lines} lines", lines=len(name.lines)))
        if name.shrunk:
            parts.append(t("made smaller to fit"))
        st.caption(" · ".join(parts))
    if placed:
        octets = size.result()
        details = {"size": written_size(octets), "quality": design.quality}
        is_too_large = octets > designs.limit_of_file(event.mailed_picture_limit)
        if is_too_large and design.quality == min(QUALITIES):
            show_warning(_TOO_LARGE, **details, icon="weight")
        else:
            show_caption(_SIZE, **details)


def show_draft(
    design: Design,
    layout: Layout,
    facts: Facts,
    description: str,
    width: int = 1000,
    unstored: Mapping[str, bytes] | None = None,
) -> None:
    """Show the certificate with another layout, or why it cannot be drawn; `unstored` are images by
    their SHA-256 that are not stored yet."""
    try:
        with reading() as (session, _):
            draft = designs.compiled_draft(
                session, design.template_sha256, layout, design.jpeg_quality,
                Typesetting(language=facts.language), unstored=unstored,
            )  # fmt: skip
        show_certificate(preview_url(draft, facts, width), description)
    except ProductError as problem:
        st.error(in_words(problem))


# The width of many phones, and the height that fits into a window of the console, in CSS pixels.
_PHONE, _HEIGHT = 390, 700
# The token of a sample page, kept for half of its lifetime.
_TOKEN = SessionKey[str]("certificate.sample")


def facts_shown(event: Event, name: str, columns: dict[str, str]) -> Facts:
    """Return the facts of a sample with this name."""
    today = datetime.now(ZoneInfo(event.time_zone)).date()
    return sample_facts(installation().settings, event, name, columns, today)


def show_full_size(facts: Facts) -> None:
    """Fill a window with the certificate; a click opens it in full resolution in its own tab."""
    try:
        with reading() as (session, event):
            shown = shown_design(event)
            assert shown is not None
            design = designs.compiled(session, shown, facts)
            address = preview_url(design, facts, design.width)
    except ProductError as problem:
        st.error(in_words(problem))
        return
    description, every_pixel = (
        t("Preview of the certificate"),
        t("Full size in a new tab"),
    )
    st.html(
        f'<a href="{address}" target="_blank"><img class="certificate" src="{address}" '
        f'alt="{description}"><br>{every_pixel}</a>'
    )


def show_volunteers_view(name: str) -> None:
    """Fill a window with the page that volunteers see, as on a phone or on a desktop. Nothing
    submitted there is stored."""
    with reading() as (_, event):
        page = SamplePage(event.id, name, group_id=chosen_id(event))
        language = event.language
    # A new address would reload the page.
    kept = _TOKEN.of(page, time.time() // (LASTS / 2))
    token = kept.keep(page_token(installation().seal, page))
    public_url = installation().settings.public_url
    if not is_ours(public_url):
        show_warning(
            "{address} does not answer from here, so the page below may stay empty. "
            "Set PUBLIC_URL to the address that volunteers reach.",
            address=plain(public_url),
            icon="cloud_off",
        )
    on_phone, on_desktop = t("Phone"), t("Desktop")
    chosen = st.segmented_control(
        t("Device"), [on_phone, on_desktop], default=on_phone, required=True
    )
    address = sample_page_link(installation().settings, token, language)
    with st.container(horizontal_alignment="center"):
        width: int | Literal["stretch"] = _PHONE if chosen == on_phone else "stretch"
        st.iframe(address, width=width, height=_HEIGHT, alt=t("What volunteers see"))
    st.link_button(t("Open in new tab"), address, icon=":material/open_in_new:")
