"""The certificate: its picture, where everything stands on it, and how it comes out."""

import streamlit as st
from sqlalchemy.orm import Session

from console.previews import preview_url
from console.screens.certificate import boxes, files, full_size, placing, saving
from console.screens.certificate.conflict import show_conflict
from console.session import changing, in_hand, installation, reading
from console.text import in_words, plain, t
from console.widgets.upload import show_upload
from shared.certificates import designs
from shared.certificates.issuing import sample_link
from shared.errors import NameProblem
from shared.language import N_
from shared.rendering.design import CompiledDesign, check
from shared.rendering.facts import Facts
from shared.rendering.overlaps import overlaps
from shared.rendering.placed import Placed
from shared.rendering.raster.uploaded_images import (
    PrintSize,
    Template,
    accept_template,
    draw_sample_template,
    print_size,
)
from shared.storage.models import Event, Picture
from shared.volunteers.list_columns import sample_columns
from shared.volunteers.longest_names import longest_names

# Short, Latin, very long, and a script that runs from right to left.
SAMPLE_NAMES = (
    "王小明",
    "Maria Fernández",
    "Dr. Maximiliana Konstantina von Hohenberg-Schwarzenfels und Lichtenstein",
    "محمد عبد الرحمن",
)
PRINT_VERDICTS = {
    "sharp": N_("{width} × {height} pixels: {paper} at {dpi} dpi, sharp in print."),
    "fair": N_("{width} × {height} pixels: {paper} at {dpi} dpi, fair in print."),
    "soft": N_("{width} × {height} pixels: {paper} at {dpi} dpi, soft in print."),
}


def show() -> None:
    st.title(t("Certificate"))
    with reading() as (session, event):
        design = event.design
        picture = session.get_one(Picture, design.template_sha256) if design else None
    if design is None or picture is None:
        _first_picture()
        return
    _place()
    with st.expander(t("Another picture"), icon=":material/upload:"):
        _describe(picture)
        st.caption(t("What was placed stays placed, and issued certificates stay as they are."))
        _upload()
    with st.expander(t("Own typeface"), icon=":material/font_download:"):
        files.show_own_typefaces()
    with st.expander(t("Size in the mail"), icon=":material/attach_email:"):
        files.show_size_limit()


def _first_picture() -> None:
    st.markdown(
        t("Upload the finished certificate without a name: PNG or JPEG, A4 at 300 dpi is best.")
    )
    _upload()
    if st.button(t("Start with the sample certificate"), icon=":material/auto_awesome:"):
        with reading() as (_, event):
            sample = _accept_template(draw_sample_template(event.language))
        with changing(t("The sample certificate is in place.")) as (session, event):
            designs.store_template(session, event, sample, _qr_link())


def _upload() -> None:
    show_upload(
        t("Picture of the certificate"),
        "template",
        _accept_template,
        _take_template,
        types=["png", "jpg", "jpeg"],
    )


def _accept_template(content: bytes) -> Template:
    template = accept_template(content)
    with reading() as (session, event):
        designs.prepare_template(session, event, template, _qr_link())
    return template


def _take_template(session: Session, event: Event, template: Template) -> str:
    designs.store_template(session, event, template, _qr_link())
    # A paragraph each: between sentences Chinese has no blank.
    return "\n\n".join(t(one) for one in (N_("The picture is in place."), *template.warnings))


def _qr_link() -> str:
    return sample_link(installation().settings)


def _describe(picture: Picture) -> None:
    size = print_size(picture.width, picture.height, picture.dpi)
    st.markdown(
        t(
            PRINT_VERDICTS[size.verdict],
            width=picture.width,
            height=picture.height,
            paper=size.paper or _in_millimetres(size),
            dpi=round(size.dpi),
        )
    )


def _in_millimetres(size: PrintSize) -> str:
    return f"{size.width_mm:.0f} × {size.height_mm:.0f} mm"


@st.fragment
@in_hand()
def _place() -> None:
    with reading() as (session, event):
        assert event.design is not None
        columns = sample_columns(session, event)
        families = designs.own_fonts(session, event)
        longest = longest_names(session, event)
        history = saving.show_stored(event.design)
    if (mine := saving.waiting(event.id)) is not None:
        show_conflict(event.design, mine, full_size.facts(event, SAMPLE_NAMES[0], columns))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        name = _sample_name(longest)
        with st.container(horizontal=True, vertical_alignment="center"):
            saving.show_steps(history)
            if st.button(t("Full size"), key="full_size", icon=":material/open_in_full:"):
                full_size.show(name, columns)
        saving.say_saved()
        preview = st.container()
    with right:
        placing.show_controls(history.layout, columns, families)
    with preview:
        _show_preview(name, columns)


def _sample_name(longest: list[str]) -> str:
    """The name to draw: one of ours, of the longest of the list, or one that is typed."""
    own, long = t("Another name"), SAMPLE_NAMES[2]
    names = list(dict.fromkeys((*SAMPLE_NAMES, *longest, own)))
    # A name that has left the list since must not stay chosen.
    if st.session_state.get("sample_name") not in names:
        st.session_state["sample_name"] = names[0]
    chosen = st.pills(
        t("Preview with the name"),
        names,
        required=True,
        key="sample_name",
        wrap=True,
        format_func=lambda name: t("A very long name") if name == long else name,
    )
    if chosen != own:
        return str(chosen)
    return st.text_input(t("Name to try"), max_chars=80)


def _show_preview(name: str, columns: dict[str, str]) -> None:
    """The certificate as it comes out, with the boxes on it; what does not fit is said."""
    with reading() as (session, event):
        assert event.design is not None
        facts = full_size.facts(event, name, columns)
        design = designs.compiled(session, event.design)
    if refusal := st.session_state.pop("refusal", ""):
        st.error(refusal, icon=":material/block:")
    without_texts = preview_url(design, Facts(name="", language=event.language))
    try:
        placed = check(design, facts)
        picture = preview_url(design, facts)
    except NameProblem as problem:
        st.error(in_words(problem), icon=":material/format_overline:")
        placed, picture = (), without_texts
    boxes.show_boxes(design, facts, without_texts, picture, event.design.version)
    _show_fit(design, placed)
    _show_overlaps(design, facts)
    if placed:
        files.show_size(design, facts, event)


def _show_overlaps(design: CompiledDesign, facts: Facts) -> None:
    for one, other in overlaps(design, facts):
        names = [placing.field_name(design.layout.field(id)) for id in (one, other)]
        st.warning(
            t("{one} and {other} overlap.", one=plain(names[0]), other=plain(names[1])),
            icon=":material/layers:",
        )


def _show_fit(design: CompiledDesign, placed: tuple[Placed, ...]) -> None:
    """In words what a small preview does not show: the size of the name, its lines."""
    name = next((one for one in placed if one.id == "name"), None)
    if name is None:
        return
    share = 100 * name.size / design.height
    parts = [t("The name's letters are {size} % of the picture's height", size=f"{share:.1f}")]
    if len(name.lines) > 1:
        parts.append(t("on {lines} lines", lines=len(name.lines)))
    if name.shrunk:
        parts.append(t("made smaller so that it fits"))
    st.caption(" · ".join(parts))
    if name.warning:
        st.warning(t(name.warning))
