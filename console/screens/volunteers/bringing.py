"""Adding a list: it is entered, checked, and only then stored; and undoing it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.navigation import leave_window
from console.screens.volunteers import comparing, tidying
from console.screens.volunteers.columns import ListDraft, read_as_said
from console.screens.volunteers.entering import (
    WAY,
    forget_dropped,
    forget_pasted,
    pasted,
    uploaded,
)
from console.session import installation, may, reading, require
from console.session_key import SessionKey
from console.text import language, listed, plain, sentences, t, tn, written_time
from console.widgets.confirming import effect_of_undoing, offer_to_undo
from console.widgets.display import show_numbers
from console.widgets.spoken import (
    show_caption,
    show_caption_count,
    show_info,
    show_info_count,
    show_paragraph,
)
from console.widgets.table import file_button, with_further
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.add_list import AddList
from shared.acts.issue_anew import Due, IssueAnew
from shared.acts.update_list import updating
from shared.certificates.issuing import chosen
from shared.language import N_, translate
from shared.log import audit
from shared.storage.models import Action, Event, ListImport
from shared.storage.rows import count_rows
from shared.volunteers.lists.list_columns import coming_secrets, secret_titles
from shared.volunteers.lists.list_parser import with_last_lines
from shared.volunteers.lists.masks import masked
from shared.volunteers.lists.recipients import (
    Recipient,
    RecipientList,
    RejectedLine,
    further_columns,
)
from shared.volunteers.lists.remembered_mappings import remember
from shared.volunteers.lists.returned_lines import returned_lines
from shared.volunteers.people.comparison import Comparison, compare
from shared.volunteers.people.list_changes import imports_of
from shared.volunteers.people.listing import ALL, Listing
from shared.volunteers.people.waiting_lines import keep
from shared.volunteers.tables import csv_of, workbook

# The fingerprint of the list that was checked.
_CHECKED = SessionKey[str | None]("volunteers.checked")
# Files of at most so many lines are compared at once, in a fifth of a second, also while their
# columns are chosen.
_CHECKED_AT_ONCE = 5_000
# The number of people shown before the list is added.
FIRST_FEW = 5
MOST_LINES_SHOWN = 100
_MOST_BROUGHT = 5


def show() -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.CHANGE_LIST)
    with reading() as (session, event):
        known, event_id = Listing(session, event).count, event.id
        secret = secret_titles(event)
    if known:
        show_caption_count(
            "{count} person is on the list. Adding the same list twice is harmless.",
            "{count} people are on the list. Adding the same list twice is harmless.",
            known,
        )
    ways = {"paste": N_("Paste"), "upload": N_("Upload a file")}
    WAY.keep("paste")
    way = st.segmented_control(
        t("How to enter the list"), list(ways), required=True,
        format_func=lambda way: t(ways[way]), key=WAY.name,
    )  # fmt: skip
    entered = pasted(event_id) if way == "paste" else uploaded()
    draft = read_as_said(event, tidying.taken_out(entered), secret) if entered else None
    if draft:
        draft = tidying.as_wished(event_id, draft)
    if draft and way == "upload" and len(draft.entered.rows) <= _CHECKED_AT_ONCE:
        _CHECKED.set(draft.fingerprint)
    # Always there, since pasted text is sent only when something else is pressed.
    if st.button(t("Check the list"), type="primary", icon=":material/fact_check:"):
        _CHECKED.set(draft.fingerprint if draft else None)
        if entered is None:
            st.info(t("Paste the list first.") if way == "paste" else t("Choose a file first."))
    if draft and _CHECKED.get() == draft.fingerprint:
        show_check(draft)


def show_check(draft: ListDraft) -> None:
    """Show what the list would add and change, and the buttons that store it."""
    pasted = draft.pasted
    with reading() as (session, event):
        seal = installation().seal
        found = compare(session, seal, event, pasted)
        if found.there and pasted.later:
            # People on the list can be updated, and then the last line of each counts.
            pasted = with_last_lines(pasted)
        if found.there:
            found = compare(session, seal, event, pasted, **comparing.wished(draft.fingerprint))
        secret = coming_secrets(event, further_columns(found.new))
    # A list of bare addresses is not expected to have names.
    with_name = sum(bool(recipient.name) for recipient in found.new)
    if with_name or (found.new and draft.mapping):
        numbers = (with_name, len(found.new))
        named, count = (format_decimal(number, locale=language()) for number in numbers)
        show_paragraph("With a name: {named} of {count}", named=named, count=count)
    if found.erased:
        show_info_count(
            "{count} person was erased from this event and is left out.",
            "{count} people were erased from this event and are left out.",
            found.erased,
        )
    comparing.show(draft.fingerprint, found)
    show_lines(draft, sorted([*found.refused, *found.repeated], key=lambda line: line.line))
    tidying.offer(draft.entered, found.refused)
    tidying.show_slips(event.id, found.new)
    tidying.show_untidy(draft, [*found.new, *(change.recipient for change in found.renamed)])
    if found.new:
        _show_first_people(found.new, secret)
    # This part stays in sight at the foot of the panel.
    with st.container(key="volunteers.check", gap="small"):
        _show_counts(draft, found)
        if found.new or found.changed or found.kept:
            _offer(event.id, draft, pasted, found)
        else:
            show_info("This list has nobody new.")


def _show_counts(draft: ListDraft, found: Comparison) -> None:
    counts = [
        (t("New volunteers"), len(found.new)),
        (t("Already on the list"), len(found.changed) + len(found.kept) + len(found.unchanged)),
        (t("Repeated in the list"), len(found.repeated)),
        (t("Refused"), len(found.refused)),
    ]
    if draft.mapping and draft.mapping.only_who_came:
        counts.append((t("Did not check in"), draft.pasted.absent))
    show_numbers(counts)


def _show_first_people(new: list[Recipient], secret: set[str]) -> None:
    """Show how the first lines are read: as numbers, names and further columns."""
    st.header(t("Preview"))
    titles = further_columns(new)
    rows = [
        with_further(
            comparing.line_of(recipient) | {t("Number"): recipient.number or t("assigned")},
            {
                key: masked(value) if key in secret else value
                for key, value in recipient.columns.items()
            },
            titles,
        )
        for recipient in new[:FIRST_FEW]
    ]
    st.dataframe(rows, hide_index=True, alt=t("Preview"))
    if secret:
        show_caption(
            "Encrypted and shown as a mask: {columns}. Change this in *Columns and groups*.",
            columns=plain(listed(sorted(secret))),
        )
    if len(new) > FIRST_FEW:
        show_caption("Showing the first {count}.", count=FIRST_FEW)


def _offer(event_id: int, draft: ListDraft, pasted: RecipientList, found: Comparison) -> None:
    """Draw the buttons that add and update, or only add, as many people as the comparison
    counts."""
    recipients = [change.recipient for change in (*found.changed, *found.kept)]
    update = updating(pasted, **comparing.wished(draft.fingerprint))
    with st.container(horizontal=True):
        if found.changed or found.kept:
            _store_button(
                _label(found), "update", event_id, draft, [*recipients, *found.new], update,
                type="primary", icon="sync",
            )  # fmt: skip
        if found.new and (found.changed or not found.kept):
            _store_button(
                t("Only add {count}", count=len(found.new)) if found.changed else _label(found),
                "add", event_id, draft, found.new, AddList,
                type="secondary" if found.changed else "primary", icon="group_add",
            )  # fmt: skip


def _label(found: Comparison) -> str:
    """Return what the main button says."""
    if found.changed and found.new:
        counts = {"added": len(found.new), "updated": len(found.changed)}
        return t("Add {added} and update {updated}", **counts)
    if found.changed:
        return tn("Update {count} volunteer", "Update {count} volunteers", len(found.changed))
    if found.new:
        return tn("Add {count} volunteer", "Add {count} volunteers", len(found.new))
    return t("Keep {count} as stored", count=len(found.kept))


def _store_button(
    label: str,
    key: str,
    event_id: int,
    draft: ListDraft,
    lines: Sequence[Recipient],
    act: Callable[[int], AddList],
    **looks: Any,
) -> None:
    """Draw the button that stores the `lines` of a list that add or change something; `act` makes
    the act from the id of the stored lines."""

    def kept() -> int:
        served = installation()
        return keep(served.database, served.seal, event_id, lines, draft.pasted.reading)

    def begin(session: Session, event: Event, list_id: int) -> list[Act]:
        # Remembered, so that the next list with these titles needs no corrections.
        if draft.mapping:
            remember(event, draft.mapping)
            audit.record_change(session, Action.SETTINGS_CHANGED, event.id, event)
        return [act(list_id)]

    def then() -> None:
        _CHECKED.take()
        forget_dropped()
        forget_pasted(event_id, draft.fingerprint)
        leave_window()

    acts_button(
        label, f"volunteers.{key}.{draft.fingerprint}", begin, Permission.CHANGE_LIST, first=kept,
        then=then, **looks,
    )  # fmt: skip


def show_lines(draft: ListDraft, not_added: Sequence[RejectedLine]) -> None:
    """Show the lines that add nobody, with reasons, and offer them as files; then the lines that
    are not about people."""
    if not_added:
        st.header(t("Lines not added"))
        _show_table(not_added)
        # The files have all of these lines, in the list's own columns.
        show_caption("Download these lines, correct them and upload that file.")
        # The language is bound here, since files are made later, without the reader's cookies.
        table = partial(returned_lines, draft.entered.rows, draft.mapping, not_added, language())
        with st.container(horizontal=True):
            file_button(
                t("Download these lines (XLSX)"),
                lambda: b"".join(workbook({"volunteers": table()})),
                "lines.xlsx", "volunteers.lines.xlsx",
            )  # fmt: skip
            file_button(
                t("Download these lines (CSV)"), lambda: b"".join(csv_of(table())), "lines.csv",
                "volunteers.lines.csv",
            )  # fmt: skip
    if skipped := draft.pasted.skipped:
        words = tn("{count} line is not a person", "{count} lines are not people", len(skipped))
        with st.expander(words, icon=":material/table_rows:"):
            _show_table(skipped)


def _show_table(lines: Sequence[RejectedLine]) -> None:
    # An HTML table wraps long lines and reasons, which a grid would cut.
    spoken = language()
    rows = [
        {
            translate("Line", spoken): str(line.line),
            translate("Content", spoken): plain(line.text),
            translate("Reason", spoken): plain(translate(line.reason, spoken, **line.details)),
        }
        for line in lines[:MOST_LINES_SHOWN]
    ]
    st.table(rows, border="horizontal", hide_index=True)
    if len(lines) > MOST_LINES_SHOWN:
        show_caption("Showing the first {count}.", count=MOST_LINES_SHOWN)


def show_brought() -> None:
    """Show the lists that were added lately, the newest one in sight, each with its undoing."""
    with reading() as (session, event):
        kept = imports_of(session, event, _MOST_BROUGHT)
        count = count_rows(session, chosen.with_outdated(event))
    if kept or count:
        with st.container(border=True):
            for imported in kept[:1]:
                _show_brought(event, imported)
            if count:
                _offer_issuing(event, count)
    if kept[1:]:
        with st.expander(t("Earlier lists"), icon=":material/history:"):
            for imported in kept[1:]:
                _show_brought(event, imported)


def _show_brought(event: Event, imported: ListImport) -> None:
    counts = {"added": f"{imported.added:,}", "updated": f"{imported.updated:,}"}
    at = written_time(imported.at, event)
    said = t("List of {time}: {added} added.", time=at, **counts)
    if imported.updated:
        said = t("List of {time}: {added} added, {updated} updated.", time=at, **counts)
    found = None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said, width="content")
        if may(Permission.CHANGE_LIST):
            found = effect_of_undoing(imported.id, t("Undo this list"), ":material/undo:")
    if not found:
        return
    words = []
    if found.removed:
        words.append(
            tn(
                "{count} person it added is removed.",
                "{count} people it added are removed.",
                found.removed,
            )
        )
    if found.restored:
        words.append(
            tn(
                "{count} person gets their earlier data back.",
                "{count} people get their earlier data back.",
                found.restored,
            )
        )
    st.warning(sentences(*words, *_staying(found.staying)), icon=":material/undo:")
    with st.container(horizontal=True):
        offer_to_undo(
            imported.id, found, further=lambda tally: _staying(tally.refused), type="primary"
        )


def _staying(count: int) -> Sequence[str]:
    if not count:
        return []
    return [
        tn(
            "{count} person was mailed or changed since, and stays.",
            "{count} people were mailed or changed since, and stay.",
            count,
        )
    ]


def _offer_issuing(event: Event, count: int) -> None:
    """Offer to reissue the `count` certificates that do not match the list any more."""
    show_info_count(
        "{count} certificate no longer matches the list.",
        "{count} certificates no longer match the list.",
        count,
        icon="workspace_premium",
    )
    if not may(Permission.SEND):
        return
    with st.container(horizontal=True):
        mailed = tn("Reissue and mail {count}", "Reissue and mail {count}", count)
        alone = t("Reissue {count} without mail", count=count)
        for key, label, is_mailed, icon in (
            ("mailed", mailed, True, "mail"),
            ("alone", alone, False, "draw"),
        ):
            act = IssueAnew(ALL, is_mailed, only=Due.OUTDATED)
            acts_button(label, f"volunteers.issue.{key}", act, Permission.SEND, icon=icon)
