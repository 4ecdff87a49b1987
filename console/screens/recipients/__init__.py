"""The list: pasted or uploaded, checked, and only then stored."""

import hashlib
from dataclasses import dataclass, replace

import streamlit as st

from console.screens.recipients import list_lines, slips
from console.session import installation, long_work, reading
from console.signin import session as access
from console.text import in_words, plain, t, tn
from console.widgets.bars import show_numbers
from console.widgets.table import with_further
from shared.errors import ListUnreadable
from shared.language import N_
from shared.volunteers import list_files, list_parser, roster
from shared.volunteers.list_parser import Recipient, RecipientList, further_columns
from shared.volunteers.listing import Listing

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis")
# So many people are shown before the list is added.
FIRST_FEW = 5
_EXAMPLE = "email,number,name,team\nalex@example.org,2026-000001,Alex Chen,Water station\n"


@dataclass(frozen=True)
class Draft:
    """A list that was entered but not stored; `fingerprint` tells when another was entered."""

    pasted: RecipientList
    fingerprint: str


def show() -> None:
    st.title(t("Recipients"))
    with reading() as (session, event):
        known, event_id = Listing(session, event).count, event.id
    st.caption(
        tn(
            "{count} person is on the list. Adding the same list twice is harmless.",
            "{count} people are on the list. Adding the same list twice is harmless.",
            known,
        )
    )
    way = _way_of_entering()
    draft = _pasted(event_id) if way == "paste" else _uploaded()
    if draft:
        draft = replace(draft, pasted=slips.corrected(event_id, draft.pasted))
    # Always there: text that was just pasted reaches us only when something else is pressed.
    if st.button(t("Check the list"), type="primary", icon=":material/fact_check:"):
        st.session_state["checked"] = draft.fingerprint if draft else None
        if draft is None:
            st.info(t("Paste the list first.") if way == "paste" else t("Choose a file first."))
    if draft and st.session_state.get("checked") == draft.fingerprint:
        _show_check(draft)


def _way_of_entering() -> str:
    ways = {"paste": N_("Paste"), "upload": N_("Upload a file")}
    return st.segmented_control(
        t("How to enter the list"), list(ways), default="paste", required=True,
        format_func=lambda way: t(ways[way]), key="way_of_entering",
    )  # fmt: skip


def _pasted(event_id: int) -> Draft | None:
    kept, key = _kept_texts(st.context.cookies[access.COOKIE]), f"pasted_list_{event_id}"
    st.session_state.setdefault(key, kept.get(event_id, ""))
    text = st.text_area(
        t("One address a line; a number and a name may follow after commas"),
        height=240,
        placeholder="alex@example.org\nsam@example.org,2026-000007,Sam Lee",
        key=key,
    )
    kept[event_id] = text
    if not text.strip():
        return None
    return Draft(list_parser.parse_pasted(text), _fingerprint(text.encode()))


@st.cache_resource(show_spinner=False, max_entries=100, ttl=access.LONGEST_STAY)
def _kept_texts(sign_in: str) -> dict[int, str]:
    """What was pasted since this sign-in, by event.

    Streamlit forgets a field that is not drawn, and all of a session when the page is loaded anew,
    as for another language.
    """
    return {}


def _uploaded() -> Draft | None:
    st.download_button(
        t("Example to fill in (CSV)"), _EXAMPLE.encode("utf-8-sig"), "volunteers.csv", "text/csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    uploaded = st.file_uploader(t("CSV, TXT or Excel file"), type=["csv", "txt", "xlsx"])
    if uploaded is None:
        return None
    content = uploaded.getvalue()
    try:
        found = list_files.read_file(content, uploaded.name)
        encoding = _encoding(found.encoding)
        if encoding != found.encoding:
            found = list_files.read_file(content, uploaded.name, encoding)
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
        key=f"encoding_{found}",
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


def _show_check(draft: Draft) -> None:
    with reading() as (session, event):
        check = roster.check_list(session, event, draft.pasted)
    counts = [
        (t("New people"), len(check.new)),
        (t("Already on the list"), len(check.already_there)),
        (t("Repeated in the list"), len(check.repeated)),
        (t("Refused"), len(check.refused)),
    ]
    show_numbers(counts)
    lines = sorted([*check.refused, *check.repeated], key=lambda line: line.line)
    list_lines.show_lines(lines, draft.pasted.skipped)
    slips.show_slips(event.id, check.new)
    _show_first_people(check.new)
    if not check.new:
        st.info(t("Nobody new is on this list."))
    elif st.button(
        tn("Add {count} volunteer", "Add {count} volunteers", len(check.new)),
        type="primary", icon=":material/group_add:", key=f"add_{event.id}",
    ):  # fmt: skip
        _add(draft)


def _show_first_people(new: list[Recipient]) -> None:
    """So that a person sees what was taken for a number, a name, or a further column."""
    if not new:
        return
    st.header(t("This is how the list is read"))
    titles = further_columns(new)
    st.dataframe(
        [with_further(_row(one), one.columns, titles) for one in new[:FIRST_FEW]],
        hide_index=True,
        alt=t("This is how the list is read"),
    )
    if len(new) > FIRST_FEW:
        st.caption(t("The first {count} are shown.", count=FIRST_FEW))


def _row(one: Recipient) -> dict[str, object]:
    return {
        t("Address"): one.email,
        t("Number"): one.number or t("the next one"),
        t("Full name"): one.name,
    }


def _add(draft: Draft) -> None:
    st.session_state.pop("checked", None)
    with reading() as (_, event):
        event_id = event.id
    with long_work(t("The list is being stored …")) as told:
        added = roster.add_in_turns(installation().database, event_id, draft.pasted, told)
        st.session_state["said"] = tn(
            "{count} volunteer was added.", "{count} volunteers were added.", len(added.new)
        )
