"""The list: pasted or uploaded, checked, and only then stored."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from console import desk
from console.bars import show_numbers
from console.desk import t, tn
from shared import recipients, volunteers
from shared.errors import ListUnreadable
from shared.language import N_
from shared.progress import count_volunteers
from shared.recipients import RecipientList, Refusal
from shared.volunteers import ListCheck

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis")
MOST_LINES_SHOWN = 1000
_EXAMPLE = "email,number,name,team\nalex@example.org,2026-000001,Alex Chen,Water station\n"


@dataclass(frozen=True)
class Draft:
    """A list that was entered but not stored; `fingerprint` tells when another was entered."""

    pasted: RecipientList
    fingerprint: str


def show() -> None:
    st.title(t("Recipients"))
    with desk.reading() as (session, event):
        known = count_volunteers(session, event)
    st.caption(
        tn("{count} person is on the list.", "{count} people are on the list.", known)
        + " "
        + t("Adding the same list twice is harmless.")
    )
    draft = _entered()
    if draft is None:
        st.session_state.pop("checked", None)
        return
    if st.button(t("Check the list"), type="primary", icon=":material/fact_check:"):
        st.session_state["checked"] = draft.fingerprint
    if st.session_state.get("checked") == draft.fingerprint:
        _show_check(draft)


def _entered() -> Draft | None:
    ways = {"paste": N_("Paste"), "upload": N_("Upload a file")}
    way = st.segmented_control(
        t("How to enter the list"), list(ways), default="paste", required=True,
        format_func=lambda way: t(ways[way]), key="way_of_entering",
    )  # fmt: skip
    return _pasted() if way == "paste" else _uploaded()


def _pasted() -> Draft | None:
    text = st.text_area(
        t("One address a line; a number may follow after a comma"),
        height=240,
        placeholder="alex@example.org\nsam@example.org,2026-000007",
        key="pasted_list",
    )
    if not text.strip():
        return None
    return Draft(recipients.parse(text), _fingerprint(text.encode()))


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
        found = recipients.read_file(content, uploaded.name)
        encoding = _encoding(found.encoding)
        if encoding != found.encoding:
            found = recipients.read_file(content, uploaded.name, encoding)
    except ListUnreadable as refusal:
        st.error(desk.in_words(refusal))
        return None
    _show_samples(found.rows)
    return Draft(recipients.parse_rows(found.rows), _fingerprint(content, encoding))


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
    with desk.reading() as (session, event):
        check = volunteers.check_list(session, event, draft.pasted)
    counts = [
        (t("New people"), len(check.new)),
        (t("Already on the list"), len(check.already_there)),
        (t("Repeated in the list"), len(check.repeated)),
        (t("Refused"), len(check.refused)),
    ]
    show_numbers(counts)
    _show_lines(check)
    if not check.new:
        st.info(t("Nobody new is on this list."))
    elif st.button(
        tn("Add {count} volunteer", "Add {count} volunteers", len(check.new)),
        type="primary", icon=":material/group_add:",
    ):  # fmt: skip
        _add(draft)


def _show_lines(check: ListCheck) -> None:
    lines = sorted([*check.refused, *check.repeated], key=lambda line: line.line)
    if not lines:
        return
    st.header(t("Lines that are not added"))
    st.dataframe(
        [_row(line) for line in lines[:MOST_LINES_SHOWN]],
        hide_index=True,
        alt=t("Lines that are not added"),
    )
    if len(lines) > MOST_LINES_SHOWN:
        st.caption(t("The first {count} are shown.", count=MOST_LINES_SHOWN))


def _row(line: Refusal) -> dict[str, object]:
    return {
        t("Line"): line.line,
        t("What stands there"): line.text,
        t("Reason"): t(line.reason, **line.details),
    }


def _add(draft: Draft) -> None:
    st.session_state.pop("checked", None)
    with desk.changing() as (session, event):
        added = volunteers.add_volunteers(session, event, draft.pasted)
        st.session_state["said"] = tn(
            "{count} volunteer was added.", "{count} volunteers were added.", len(added.new)
        )
