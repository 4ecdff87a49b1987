"""The gallery of designs: a wall of them, drawn with what is known of the event, to choose from;
and an organization's colours and logo on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from babel import Locale

from console import group_choice
from console.component import show_component
from console.design_changes import store_change, telling_at
from console.previews import gallery_url
from console.screens.certificate import preview, saving
from console.session import installation, reading, tell_at, writing
from console.session_key import SessionKey
from console.streamlit_edge.names import DeltaGenerator
from console.text import t
from console.widgets.spoken import show_caption, show_warning
from console.widgets.stored_fields import saved_at_once
from console.widgets.upload import as_button, show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.designs import sha256_of
from shared.certificates.designs.gallery import (
    Taste,
    choice_for,
    store_logo,
    style_of,
    taste_of,
    template_change,
)
from shared.certificates.issuing.columns import sample_values
from shared.language import translate
from shared.rendering.gallery.catalogue import (
    READABLE,
    SHEET_LANGUAGES,
    STYLES,
    DesignChoice,
    Logo,
    Style,
    contrast,
    refuse_other,
    style_named,
)
from shared.rendering.gallery.layouts import LONG, SHORT, TITLE
from shared.rendering.gallery.logo_colours import colours_of, without_ground
from shared.rendering.gallery.plans import SIGNERS
from shared.rendering.layout import Layout
from shared.rendering.placeholders import escaped
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.models import Design, Event
from shared.volunteers.people.first_people import first_name

# The taste that is kept while no design of the gallery is in use.
_TASTE = SessionKey[Taste]("certificate.gallery.taste")
# The design that waits until somebody agrees to give up their own template.
_ASKED = SessionKey[str]("certificate.wall.asked")
_CONTROL = SessionKey[Any]("certificate.wall.control")
# Where refusals of what was clicked on are told.
_TOLD = "certificate.wall.told"
_told = partial(telling_at, _TOLD)
_LOGO = SessionKey[Any]("certificate.ours.logo")
_BUTTON = SessionKey[Any]("certificate.ours.button")
_SIGNERS = SessionKey[str]("certificate.ours.signers")
_MOST_SIGN = len(SIGNERS)
# The width of the designs' images in pixels, twice that on most screens.
_WIDTH = 360


@dataclass(frozen=True)
class Gallery:
    """The certificate that the screen shows: its design, if there is one; if that is of the
    gallery, its `style`, and as `before` the layout whose texts the next one takes over."""

    event: Event
    group_id: int | None
    design: Design | None
    style: Style | None
    taste: Taste
    before: Layout | None
    columns: dict[str, str]
    name: str

    @property
    def place(self) -> saving.Place:
        return self.event.id, self.group_id


def seen() -> Gallery:
    """Return what is known of the certificate of everybody, or of the chosen group."""
    with reading() as (session, event):
        design = group_choice.shown_design(event)
        style = style_of(design)
        group_id = group_choice.chosen_id(event)
        if design and style:
            taste = taste_of(session, design)
        else:
            taste = _TASTE.of(event.id, group_id).get(Taste(event.language))
        return Gallery(
            event=event,
            group_id=group_id,
            design=design,
            style=style,
            taste=taste,
            before=designs.layout_of(design) if design and style else None,
            columns=sample_values(session, event) | group_choice.own_value(event),
            name=first_name(session, event) or preview.sample_name(taste.language),
        )


@_told
def _choose(wishes: Gallery, name: str) -> None:
    """Use the design of this name. Somebody's own template is replaced only if they agree."""
    style = style_named(name)
    if wishes.design and not wishes.style:
        _ASKED.of(*wishes.place).set(style.name)
    elif wishes.style != style:
        _use(wishes, style, wishes.taste)


def _wish(wishes: Gallery, taste: Taste) -> None:
    """Store the design in use with this taste; if none is, keep the taste. Raises ProductError."""
    refuse_other(*filter(None, (taste.main, taste.accent)))
    if wishes.style and taste != wishes.taste:
        _use(wishes, wishes.style, taste)
    elif not wishes.style:
        _TASTE.of(*wishes.place).set(taste)


_take_wish = _told(_wish)


def _use(wishes: Gallery, style: Style, taste: Taste) -> None:
    """Store a design of the gallery with the texts of the one before. Raises ProductError."""
    if taste.logo:
        with writing(Permission.CHANGE_DESIGN) as (session, event):
            store_logo(session, event, taste.logo)
    settings, choice = installation().settings, _choice(wishes, style, taste)
    others_sign = taste.signers != wishes.taste.signers
    store_change(
        template_change(settings, choice, wishes.group_id, wishes.before, others_sign=others_sign)
    )
    saving.note_done(t(style.title))


def show_answer(wishes: Gallery) -> None:
    """Say why what was clicked on was refused, and ask about it if it would replace somebody's own
    template."""
    tell_at(_TOLD)
    asked = _ASKED.of(*wishes.place)
    if wishes.style or not (name := asked.get()):
        asked.take()
        return
    style = style_named(name)
    show_warning(
        "“{design}” replaces your picture and everything on it. Certificates "
        "already issued do not change.",
        design=t(style.title),
        icon="swap_horiz",
    )
    with st.container(horizontal=True):
        st.button(
            t("Replace"), type="primary", key=_CONTROL.of("agree").name,
            on_click=_told(_use), args=(wishes, style, wishes.taste),
        )  # fmt: skip
        st.button(t("Keep mine"), key=_CONTROL.of("keep").name, on_click=asked.set, args=("",))


def show_wall(wishes: Gallery) -> None:
    """Show the designs as a group of radio buttons with images; `unfit` is the text in place of one
    that cannot be drawn."""
    facts = preview.facts_shown(wishes.event, wishes.name, wishes.columns)
    shown = {
        "designs": [
            {
                "name": style.name,
                "title": t(style.title),
                "looks": t(style.looks),
                "picture": gallery_url(
                    _choice(wishes, style, wishes.taste), facts, wishes.before, _WIDTH
                ),
            }
            for style in STYLES
        ],
        "chosen": wishes.style.name if wishes.style else None,
        "ratio": SHORT / LONG if wishes.taste.is_upright else LONG / SHORT,
        "label": t("Design"),
        # Beside the sheet it is a strip.
        "isStrip": wishes.design is not None,
        "unfit": t("Its texts do not fit."),
        "colours": t("Colours of the design"),
        "variants": [
            {
                "name": t("Colours {number}", number=number),
                "main": main or wishes.style.main,
                "accent": accent or wishes.style.accent,
                "isChosen": (main, accent) == (wishes.taste.main, wishes.taste.accent),
            }
            for number, (main, accent) in enumerate(_variants(wishes.style), start=1)
            if wishes.style
        ],
    }

    def vary(clicked: Mapping[str, int]) -> None:
        for place, (main, accent) in enumerate(_variants(wishes.style)):
            if place == clicked["place"]:
                _take_wish(wishes, replace(wishes.taste, main=main, accent=accent))

    show_component("wall", shown, chosen=partial(_choose, wishes), varied=vary)


def _variants(style: Style | None) -> list[tuple[str, str]]:
    """Return the pairs of colours of a design; empty ones stand for its own, which come first."""
    return [("", ""), *style.variants] if style and style.variants else []


def show_kind_of_sheet(wishes: Gallery) -> None:
    """Draw the fields of the sheet: its format and, folded, its language, names on paper, signers
    and colours."""
    taste = wishes.taste
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.segmented_control(
            t("Format"), [False, True], required=True,
            format_func=lambda is_upright: t("Portrait") if is_upright else t("Landscape"),
            label_visibility="collapsed",
            **_wishing(wishes, "is_upright", taste.is_upright),
        )  # fmt: skip
        with st.popover(t("Texts, colours"), icon=":material/palette:"):
            st.segmented_control(
                t("Language of the certificate"), SHEET_LANGUAGES, required=True,
                format_func=lambda code: Locale(code).get_display_name() or code,
                **_wishing(wishes, "language", taste.language),
            )  # fmt: skip
            if not wishes.before:
                # Names may be shorter on paper. Once there is a design, they are changed on the
                # sheet.
                event, words = wishes.event, _CONTROL.of(wishes.event.id)
                st.text_input(
                    t("Title"), translate(TITLE, taste.language), max_chars=120,
                    key=words.of("title", taste.language).name,
                )  # fmt: skip
                st.text_input(t("Event"), event.name, max_chars=200, key=words.of("event").name)
                st.text_input(
                    t("Organization"), event.organization, max_chars=200,
                    key=words.of("organization").name,
                )  # fmt: skip
            # Styles without a plan have a line for the organization, or cells.
            if wishes.style is None or wishes.style.plan:
                _show_signers(wishes)
            _show_colours(wishes)


def _wishing(wishes: Gallery, part: str, stored: object) -> dict[str, Any]:
    """Return key and callback of a widget that changes this part of the taste, which is `stored`
    now."""
    return saved_at_once(
        _CONTROL.of(*wishes.place, part),
        stored,
        lambda given: _take_wish(wishes, replace(wishes.taste, **{part: given})),
    )


def _show_signers(wishes: Gallery) -> None:
    """Draw the fields of the signers, at most two, with their offices; without any, the
    organization signs."""
    taste, key = wishes.taste, _SIGNERS.of(*wishes.place)
    signers = [*taste.signers, ("", ""), ("", "")][:_MOST_SIGN]

    def sign(place: int, part: int, given: str) -> None:
        signing = [list(signer) for signer in signers]
        signing[place][part] = given.strip()
        kept = tuple((name, office) for name, office in signing if name or office)
        _take_wish(wishes, replace(taste, signers=kept))

    titles = (t("Who signs"), t("Second signature"))
    for place, (label, signer) in enumerate(zip(titles, signers, strict=True)):
        with st.container(horizontal=True):
            for part, name in enumerate((label, t("Office"))):
                st.text_input(
                    name, max_chars=80,
                    **saved_at_once(
                        key.of(place, part), signer[part], partial(sign, place, part)
                    ),
                )  # fmt: skip


def _choice(wishes: Gallery, style: Style, taste: Taste) -> DesignChoice:
    """Return a style with what was entered in `show_kind_of_sheet`. Names that differ from the
    event's own stay as they are when the event is renamed."""
    choice = choice_for(style, taste, list(wishes.columns), wishes.before)
    event = wishes.event
    if wishes.before or style.is_record:
        return choice
    key = _CONTROL.of(event.id)
    # Some designs have titles of their own.
    usual = translate(TITLE, taste.language)
    title = key.of("title", choice.language).get(usual)
    name = key.of("event").get(event.name)
    organization = key.of("organization").get(event.organization)
    return replace(
        choice,
        title=choice.title if title == usual else title,
        event=choice.event if name == event.name else escaped(name),
        organization=(
            choice.organization if organization == event.organization else escaped(organization)
        ),
    )


def _show_colours(wishes: Gallery) -> None:
    """Draw the fields of the designs' two colours, and the removal of the logo."""
    taste, style = wishes.taste, wishes.style or STYLES[0]
    main, accent = taste.main or style.main, taste.accent or style.accent
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # Streamlit replaces invalid colours by the default.
        st.color_picker(t("Main colour"), main, **_wishing(wishes, "main", main))
        st.color_picker(t("Second colour"), accent, **_wishing(wishes, "accent", accent))
        st.button(
            t("Swap"), key="certificate.ours.swap", icon=":material/swap_horiz:",
            on_click=_take_wish, args=(wishes, replace(taste, main=accent, accent=main)),
        )  # fmt: skip
    if contrast(main, style.paper) < READABLE:
        show_caption("The title uses a darker shade to stay readable.")
    with st.container(horizontal=True):
        st.button(
            t("Design colours"), key="certificate.ours.own",
            disabled=not (taste.main or taste.accent),
            on_click=_take_wish, args=(wishes, replace(taste, main="", accent="")),
        )  # fmt: skip
        if taste.logo:
            st.button(
                t("Remove the logo"), key="certificate.ours.remove", icon=":material/delete:",
                on_click=_take_wish, args=(wishes, replace(taste, logo=None)),
            )  # fmt: skip


def show_logo(wishes: Gallery, said_in: DeltaGenerator) -> None:
    """Draw the upload of a logo; sentences about the file appear in `said_in`."""
    show_upload(
        t("Logo (PNG, JPEG or HEIC)"),
        _LOGO.of(*wishes.place),
        partial(make_ours, wishes),
        ["png", "jpg", "jpeg", "heic", "heif"],
        drawn_in=as_button(_BUTTON, t("Your logo")),
        said_in=said_in,
    )


def make_ours(wishes: Gallery, picture: bytes) -> None:
    """Draw the designs with an organization's logo and in its colours. Raises ProductError."""
    inset = accept_inset(picture)
    main, accent = colours_of(inset.content)
    content = without_ground(inset.content)
    logo = Logo(sha256_of(content), inset.width, inset.height, content)
    _wish(wishes, replace(wishes.taste, logo=logo, main=main, accent=accent))
