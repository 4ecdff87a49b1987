"""What a list would add, shown before anything is stored."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from babel.numbers import format_decimal

from console.long_work import long_work
from console.screens.volunteers import comparing, tidying
from console.screens.volunteers.columns import Draft
from console.screens.volunteers.entering import forget_dropped
from console.screens.volunteers.windows import close_window
from console.session import actor, installation, reading, say, writing
from console.session_key import SessionKey
from console.text import language, listed, plain, t, tn
from console.widgets.bars import show_numbers
from console.widgets.table import with_further
from shared.access.roles import Permission
from shared.acts.add_list import add_list
from shared.acts.update_list import update_list
from shared.addresses import readable_address
from shared.language import translate
from shared.log import audit
from shared.rendering.masks import masked
from shared.storage.models import Action
from shared.volunteers import export
from shared.volunteers.lists.list_columns import coming_secrets
from shared.volunteers.lists.list_parser import (
    Recipient,
    RecipientList,
    Refusal,
    further_columns,
    with_last_lines,
)
from shared.volunteers.lists.remembered_mappings import remember
from shared.volunteers.lists.returned_lines import returned_lines
from shared.volunteers.people.comparison import Comparison, compare

# The fingerprint of the list that was checked.
CHECKED = SessionKey[str | None]("volunteers.checked")
_ORDERED = SessionKey[Callable[[int], None]]("volunteers.ordered")
# How many people are shown before the list is added.
FIRST_FEW = 5
MOST_LINES_SHOWN = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_check(draft: Draft) -> None:
    pasted = draft.pasted
    with reading() as (session, event):
        seal = installation().seal
        found = compare(session, seal, event, pasted)
        if found.there and pasted.later:
            # Who is known already can be updated: then the last line of each counts.
            pasted = with_last_lines(pasted)
        if found.there:
            erasing = comparing.ERASES.of(draft.fingerprint).get(False)
            found = compare(session, seal, event, pasted, empty_erases=erasing)
        secret = coming_secrets(event, further_columns(found.new))
    counts = [
        (t("New volunteers"), len(found.new)),
        (t("Already on the list"), len(found.changed) + len(found.unchanged)),
        (t("Repeated in the list"), len(found.repeated)),
        (t("Refused"), len(found.refused)),
    ]
    if draft.mapping and draft.mapping.only_who_came:
        counts.append((t("Did not check in"), draft.pasted.absent))
    show_numbers(counts)
    if found.new:
        with_name = sum(bool(one.name) for one in found.new)
        numbers = (with_name, len(found.new))
        named, count = (format_decimal(one, locale=language()) for one in numbers)
        st.markdown(t("With a name: {named} of {count}", named=named, count=count))
    if found.erased:
        st.info(
            tn(
                "{count} person was erased from this event and is left out.",
                "{count} people were erased from this event and are left out.",
                found.erased,
            )
        )
    comparing.show(draft.fingerprint, found)
    lines = sorted([*found.refused, *found.repeated], key=lambda line: line.line)
    show_lines(draft, lines)
    tidying.offer(draft.entered, found.refused)
    tidying.show_slips(event.id, found.new)
    tidying.show_untidy(draft, found.new)
    _show_first_people(found.new, secret)
    _offer(event.id, draft, pasted, found)


def _offer(event_id: int, draft: Draft, pasted: RecipientList, found: Comparison) -> None:
    """Add and update, or only add: what the comparison counts."""
    if not found.new and not found.changed:
        st.info(t("Nobody new is on this list."))
        return
    adds = tn("Add {count} volunteer", "Add {count} volunteers", len(found.new))
    updates = tn("Update {count} volunteer", "Update {count} volunteers", len(found.changed))
    with st.container(horizontal=True):
        if found.changed:
            both = t(
                "Add {added} and update {updated}", added=len(found.new), updated=len(found.changed)
            )
            label = both if found.new else updates
            if st.button(
                label,
                type="primary",
                icon=":material/sync:",
                key=f"volunteers.update.{draft.fingerprint}",
            ):
                erases = comparing.ERASES.of(draft.fingerprint).get(False)
                _order(event_id, partial(_update, draft, pasted, erases))
        if found.new and st.button(
            t("Only add {count}", count=len(found.new)) if found.changed else adds,
            type="secondary" if found.changed else "primary", icon=":material/group_add:",
            key=f"volunteers.add.{draft.fingerprint}",
        ):  # fmt: skip
            _order(event_id, partial(_add, draft, pasted))


def _show_first_people(new: list[Recipient], secret: set[str]) -> None:
    """Show the first people, so that a person sees what was taken for a number, a name or a further
    column."""
    if not new:
        return
    st.header(t("This is how the list is read"))
    titles = further_columns(new)
    st.dataframe(
        [
            with_further(
                {
                    t("Address"): readable_address(one.email),
                    t("Number"): one.number or t("the next one"),
                    t("Full name"): one.name,
                },
                {
                    title: masked(value) if title in secret else value
                    for title, value in one.columns.items()
                },
                titles,
            )
            for one in new[:FIRST_FEW]
        ],
        hide_index=True,
        alt=t("This is how the list is read"),
    )
    if secret:
        st.caption(
            t("Kept sealed, with a mask for everybody: {columns}. Change it under "
              "*Columns and groups*.",
              columns=plain(listed(sorted(secret))))
        )  # fmt: skip
    if len(new) > FIRST_FEW:
        st.caption(t("The first {count} are shown.", count=FIRST_FEW))


def store_what_was_ordered(event_id: int) -> None:
    """The list whose button was pressed in the window, which is closed meanwhile: the menu is
    free."""
    if store := _ORDERED.of(event_id).take():
        store(event_id)


def _order(event_id: int, store: Callable[[int], None]) -> None:
    CHECKED.take()
    forget_dropped()
    close_window()
    _ORDERED.of(event_id).set(store)
    st.rerun()


def _add(draft: Draft, pasted: RecipientList, event_id: int) -> None:
    # First: when its reader opens another screen, this run ends with the list.
    _remember(draft)
    with long_work(Permission.CHANGE_LIST, t("The list is being stored …")) as progress:
        added = add_list(
            installation().database, installation().seal, event_id, pasted,
            by=actor(), progress=progress,
        )  # fmt: skip
        say(tn("{count} volunteer was added.", "{count} volunteers were added.", len(added.new)))


def _update(draft: Draft, pasted: RecipientList, erases: bool, event_id: int) -> None:
    _remember(draft)
    with long_work(Permission.CHANGE_LIST, t("The list is being stored …")) as progress:
        found = update_list(
            installation().database, installation().seal, event_id, pasted,
            empty_erases=erases, by=actor(), progress=progress,
        )  # fmt: skip
        words = t(
            "{added} added, {updated} updated.", added=len(found.added), updated=len(found.updated)
        )
        say(words)


def _remember(draft: Draft) -> None:
    """Remember the columns, so that the next list with these titles needs no corrections."""
    if draft.mapping is None:
        return
    with writing(Permission.CHANGE_LIST) as (session, event):
        remember(event, draft.mapping)
        audit.record_change(session, Action.SETTINGS_CHANGED, event.id, event)


# The lines of a list that add nobody, and why: to read and to download


def show_lines(draft: Draft, not_added: Sequence[Refusal]) -> None:
    """First the lines that somebody may want to correct, then those that belong to the table
    itself."""
    if not_added:
        st.header(t("Lines that are not added"))
        _show_table(not_added)
        # Offer all of them, whatever the screen shows, in the list's own columns.
        st.caption(t("Download these lines, correct them and upload the file: it holds no others."))
        # Made on request, when no cookies tell the language.
        table = partial(returned_lines, draft.entered.rows, draft.mapping, not_added, language())
        with st.container(horizontal=True):
            st.download_button(
                t("Download these lines (XLSX)"), lambda: export.to_xlsx(table()), "lines.xlsx",
                _XLSX, icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                t("Download these lines (CSV)"), lambda: export.to_csv(table()), "lines.csv",
                "text/csv",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
    if skipped := draft.pasted.skipped:
        words = tn("{count} line is not a person", "{count} lines are not people", len(skipped))
        with st.expander(words, icon=":material/table_rows:"):
            _show_table(skipped)


def _show_table(lines: Sequence[Refusal]) -> None:
    # An HTML table: long lines and reasons are wrapped, not cut.
    spoken = language()
    st.table(
        [
            {
                title: plain(str(value))
                for title, value in {
                    translate("Line", spoken): line.line,
                    translate("What stands there", spoken): line.text,
                    translate("Reason", spoken): translate(line.reason, spoken, **line.details),
                }.items()
            }
            for line in lines[:MOST_LINES_SHOWN]
        ],
        border="horizontal",
        hide_index=True,
    )
    if len(lines) > MOST_LINES_SHOWN:
        st.caption(t("The first {count} are shown.", count=MOST_LINES_SHOWN))
