"""A window to download certificates together, with a progress bar."""

import streamlit as st

from console.downloads import OFFERS, Bundle, offer
from console.offers import Download
from console.screens.status.scope import WINDOW, Scope, choose_scope, close_window
from console.session import installation, reading
from console.session_key import SessionKey
from console.text import in_words, t, tn
from console.widgets.download_progress import show_progress
from console.windows import show_window
from shared.certificates.bundles import order as orders
from shared.certificates.bundles.file_names import FIRST_PATTERN, checked_pattern
from shared.certificates.bundles.order import Order
from shared.certificates.bundles.size import Kind, expected_bytes
from shared.errors import ProductError
from shared.rendering.design import Format

# What was last ordered here, and its key.
_OFFERED = SessionKey[tuple[object, str]]("status.download")
_FORMATS: dict[str, Format] = {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def show_button() -> None:
    if st.button(t("Certificates"), icon=":material/folder_zip:", key="status.certificates"):
        WINDOW.set("download")
    if WINDOW.get() == "download":
        show_window(t("Download certificates"), _show, close_window, width="medium")


def _show() -> None:
    scope = choose_scope("download")
    kind, format, pattern = _choose_files()
    try:
        with reading() as (session, event):
            people = scope.people(session, event)
            order = Order(event.id, people, format, pattern)
            if kind == "zip":
                checked_pattern(pattern, orders.known_values(event))
            total = orders.count(session, order)
            size = expected_bytes(session, installation().settings, order, kind)
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    if not total:
        st.info(t("Nobody among them has a certificate yet."))
        return
    told = tn("{count} certificate", "{count} certificates", total)
    st.caption(t("{certificates}, about {size}", certificates=told, size=written_size(size)))
    download = _offered(scope, order, kind, total)
    st.link_button(
        t("Download"), download.address, type="primary", icon=":material/download:", width="stretch"
    )
    _show_progress(download.key)


def _choose_files() -> tuple[Kind, Format, str]:
    one_pdf, files = t("One PDF for the printer"), t("A ZIP with a file each")
    chosen = st.radio(t("As"), [files, one_pdf], key="status.download.kind")
    if chosen == one_pdf:
        return "pdf", "pdf", FIRST_PATTERN
    format = st.segmented_control(
        t("Files"), list(_FORMATS), default="JPEG", required=True, key="status.download.format"
    )
    with reading() as (_, event):
        known = " ".join(f"{{{title}}}" for title in orders.known_values(event))
    pattern = st.text_input(
        t("Names of the files"),
        FIRST_PATTERN,
        key="status.download.pattern",
        help=t("From these: {placeholders}", placeholders=known),
    )
    return "zip", _FORMATS[str(format)], pattern


def _offered(scope: Scope, order: Order, kind: Kind, total: int) -> Download[Bundle]:
    """The same download as before for the same order, so that a running one is followed."""
    wanted = (scope, order, kind, total)
    if (before := _OFFERED.get()) and before[0] == wanted and (kept := OFFERS.find(before[1])):
        return kept
    download = offer(order, kind, total)
    _OFFERED.set((wanted, download.key))
    return download


@st.fragment(run_every=1)
def _show_progress(key: str) -> None:
    if download := OFFERS.find(key):
        show_progress(download, t("All of them were sent to your browser."))


def written_size(size: int) -> str:
    """Bytes as people read them: 1.3 GB."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size // unit} {name}"
    return "1 kB"
