"""Entering a list: pasted, or as a file, whose encoding or sheet can be chosen."""

import hashlib
from dataclasses import dataclass
from threading import Lock

import streamlit as st
from cachetools import TTLCache, cached

from console.session import sign_in
from console.session_key import SessionKey
from console.streamlit_edge.names import UploadedFile
from console.text import in_words, listed, plain, t
from console.widgets.spoken import show_warning
from console.widgets.table import file_button
from shared.access.sessions import SHORT_STAY
from shared.errors import ListUnreadable, ReadersBusy
from shared.volunteers.lists import list_files, list_parser
from shared.volunteers.lists.list_files import UploadedList
from shared.volunteers.lists.returned_lines import restored

_PASTED = SessionKey[str]("volunteers.pasted")
WAY = SessionKey[str]("volunteers.way")
# The invisible upload for files dropped on the screen; the last file for which the window was
# opened, and the one that it shows.
_UPLOAD = SessionKey[UploadedFile]("volunteers.upload-takes-drops")
_LAST = SessionKey[str]("volunteers.dropped.last")
_DROPPED = SessionKey[UploadedFile]("volunteers.dropped")

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis")
_KINDS_OF_FILES = ["csv", "txt", "xlsx", "xlsm", "xls", "ods"]


_EXAMPLE = "email,number,name,team\nalex@example.org,2026-000001,Alex Chen,Water station\n"


@dataclass(frozen=True)
class Entered:
    """A list as entered; `fingerprint` identifies it.

    If it `is_table` it has columns; otherwise each row is a line in one cell. `encoding` is that of
    a text file.
    """

    rows: list[list[str]]
    is_table: bool
    fingerprint: str
    encoding: str = ""


def pasted(event_id: int) -> Entered | None:
    """Draw the field for a list, and return what was pasted; None if it is empty or unreadable."""
    kept, key = _kept_texts(sign_in()), _PASTED.of(event_id)
    key.keep(kept.get(event_id, ""))
    text = st.text_area(
        t("One address per line. You can add a number and a name after commas."),
        height=240,
        placeholder="alex@example.org\nsam@example.org,2026-000007,Sam Lee",
        key=key.name,
    )
    kept[event_id] = text if len(text) <= list_parser.MOST_PASTED else ""
    if not text.strip():
        return None
    try:
        table = list_parser.pasted_table(text)
    except ListUnreadable as refusal:
        st.error(in_words(refusal))
        return None
    rows = list_parser.pasted_lines(text) if table is None else restored(table)
    return Entered(rows, table is not None, _fingerprint(text.encode()))


def forget_pasted(event_id: int, fingerprint: str) -> None:
    """Forget the pasted text if it is the list with this fingerprint, which is now stored."""
    kept = _kept_texts(sign_in())
    if _fingerprint(kept.get(event_id, "").encode()) == fingerprint:
        del kept[event_id]


def is_dropped() -> bool:
    """Return whether a file was just dropped on the screen; the list's window then shows it."""
    with st.container(key="volunteers.drop"):
        # Any type is accepted, since the window refuses other files with a reason.
        file = st.file_uploader(t("List"), key=_UPLOAD.name)
    if file is None or file.file_id == _LAST.get():
        return False
    _LAST.set(file.file_id)
    _DROPPED.set(file)
    WAY.set("upload")
    return True


def forget_dropped() -> None:
    _DROPPED.take()


@st.cache_resource(show_spinner=False, max_entries=100, ttl=SHORT_STAY)
def _kept_texts(sign_in: str) -> dict[int, str]:
    """Return the texts pasted since this sign-in, by event.

    Streamlit forgets fields that are not drawn, and the whole session when the page is reloaded,
    for example in another language.
    """
    return {}


def uploaded() -> Entered | None:
    """Draw the upload of a list, and return the file; None if there is none or it is unreadable."""
    example = _EXAMPLE.encode("utf-8-sig")
    file_button(t("Example file (CSV)"), example, "volunteers.csv", "volunteers.example")
    with st.container(key="volunteers.file-takes-drops"):
        chosen = st.file_uploader(t("CSV, TXT, Excel or OpenDocument file"), type=_KINDS_OF_FILES)
    file = chosen or _DROPPED.get()
    if file is None:
        return None
    if not chosen:
        st.caption(plain(file.name))
    content = file.getvalue()
    print_of = _fingerprint(content, file.name)
    try:
        found = _read(print_of, content, file.name)
        found = _read_as_said(found, print_of, content, file.name)
    except (ListUnreadable, ReadersBusy) as refusal:
        st.error(in_words(refusal))
        return None
    if found.rounded:
        # Columns are named by their first cell.
        titles = listed(
            next((row[index] for row in found.rows if index < len(row) and row[index]), "?")
            for index in found.rounded
        )
        show_warning(
            "Numbers of more than 15 digits lost their last digits in this file. "
            "Column: {titles}. Format it as text, enter the numbers again and save "
            "the file.",
            titles=plain(titles),
        )
    which = _fingerprint(content, file.name, found.encoding, found.sheet)
    return Entered(restored(found.rows), True, which, found.encoding)


def _read_as_said(found: UploadedList, which: str, content: bytes, name: str) -> UploadedList:
    """Ask for the encoding or the sheet, and return the file as it is then read."""
    if found.encoding:
        options = [found.encoding, *(known for known in ENCODINGS if known != found.encoding)]
        said = st.selectbox(
            t("Encoding of the file"),
            options,
            key=f"volunteers.encoding.{found.encoding}",
            help=t("If the samples below are garbled, choose another."),
        )
        return found if said == found.encoding else _read(which, content, name, encoding=said)
    if len(found.sheets) < 2:
        return found
    names = list(found.sheets)
    said = st.selectbox(
        t("Sheet with the list"),
        names,
        index=names.index(found.sheet),
        key=f"volunteers.sheet.{which}",
        format_func=lambda name: t("{sheet} (hidden)", sheet=name) if found.sheets[name] else name,
    )
    return found if said == found.sheet else _read(which, content, name, sheet=said)


# The memory in octets for all lists that are being entered; one list counts for no more.
_MOST_OCTETS = 128_000_000


def _octets(found: UploadedList) -> int:
    """Return about how many octets a list takes; a string has some fifty besides its letters."""
    return min(sum(50 + len(cell) for row in found.rows for cell in row), _MOST_OCTETS)


@cached(
    TTLCache(_MOST_OCTETS, 600, getsizeof=_octets),
    key=lambda which, content, *how, **more: (which, *how, *more.items()),
    lock=Lock(),
)
def _read(
    which: str, content: bytes, name: str, encoding: str | None = None, sheet: str | None = None
) -> UploadedList:
    """Read a file, once however often the screen is redrawn while its columns are chosen."""
    return list_files.read_file(content, name, encoding, sheet)


def _fingerprint(content: bytes, *parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode() + b" " + content).hexdigest()
