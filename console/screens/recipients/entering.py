"""How a list comes in: pasted, or as a file in some encoding."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from console.session import sign_in
from console.session_key import SessionKey
from console.text import in_words, plain, t
from shared.errors import ListUnreadable
from shared.events.sessions import SHORT_STAY
from shared.volunteers import list_files, list_parser
from shared.volunteers.list_parser import RecipientList

_PASTED = SessionKey[str]("recipients.pasted")

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis")


_EXAMPLE = "email,number,name,team\nalex@example.org,2026-000001,Alex Chen,Water station\n"


@dataclass(frozen=True)
class Draft:
    """A list that was entered but not stored; `fingerprint` tells when another was entered."""

    pasted: RecipientList
    fingerprint: str


def pasted(event_id: int) -> Draft | None:
    kept, key = _kept_texts(sign_in()), _PASTED.of(event_id)
    key.keep(kept.get(event_id, ""))
    text = st.text_area(
        t("One address a line; a number and a name may follow after commas"),
        height=240,
        placeholder="alex@example.org\nsam@example.org,2026-000007,Sam Lee",
        key=key.name,
    )
    kept[event_id] = text
    if not text.strip():
        return None
    return Draft(list_parser.parse_pasted(text), _fingerprint(text.encode()))


@st.cache_resource(show_spinner=False, max_entries=100, ttl=SHORT_STAY)
def _kept_texts(sign_in: str) -> dict[int, str]:
    """What was pasted since this sign-in, by event.

    Streamlit forgets a field that is not drawn, and all of a session when the page is loaded anew,
    as for another language.
    """
    return {}


def uploaded() -> Draft | None:
    st.download_button(
        t("Example to fill in (CSV)"), _EXAMPLE.encode("utf-8-sig"), "volunteers.csv", "text/csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    file = st.file_uploader(t("CSV, TXT or Excel file"), type=["csv", "txt", "xlsx"])
    if file is None:
        return None
    content = file.getvalue()
    try:
        found = list_files.read_file(content, file.name)
        encoding = _encoding(found.encoding)
        if encoding != found.encoding:
            found = list_files.read_file(content, file.name, encoding)
    except ListUnreadable as refusal:
        st.error(in_words(refusal))
        return None
    if found.sheet:
        st.caption(t("The sheet “{sheet}” is read.", sheet=plain(found.sheet)))
    _show_samples(found.rows)
    return Draft(list_parser.parse_rows(found.rows), _fingerprint(content, encoding))


def _encoding(found: str) -> str:
    if found == "xlsx":
        return found
    options = [found, *(known for known in ENCODINGS if known != found)]
    return st.selectbox(
        t("Encoding of the file"),
        options,
        key=f"recipients.encoding.{found}",
        help=t("If the samples below are garbled, choose another."),
    )


def _show_samples(rows: list[list[str]]) -> None:
    """The lines whose letters show best whether the bytes were read as they were meant."""
    telling = [row for row in rows if not all(cell.isascii() for cell in row)]
    samples = (telling or rows)[:3]
    st.caption(t("This is how the file reads:"))
    st.code("\n".join(", ".join(cell for cell in row if cell) for row in samples), language=None)


def _fingerprint(content: bytes, encoding: str = "") -> str:
    return hashlib.sha256(encoding.encode() + b" " + content).hexdigest()
