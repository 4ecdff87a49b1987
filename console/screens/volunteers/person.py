"""The panel of a person: who it is, their certificate, what can be done for them, their history."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console import previews
from console.jobs import acting_on_person
from console.navigation import show_window
from console.previews import issued_url, preview_url
from console.screens.volunteers.cells import rows_of
from console.screens.volunteers.people import FOCUS, PERSON
from console.session import (
    Viewer,
    installation,
    may,
    reader,
    reading,
    require,
    session_of_reader,
)
from console.session_key import SessionKey
from console.text import in_words, language, plain, t, tn, written_time
from console.widgets.address import ask_for_address
from console.widgets.display import Colour, show_certificate
from console.widgets.pressed import ButtonAct, act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph, show_warning
from console.widgets.stored_fields import SAVED_BY_ANOTHER, StoredFields, StoredForm
from console.widgets.table import file_button
from shared.access.keys import opened_by
from shared.access.roles import Permission
from shared.acts.change_value import change_value
from shared.acts.issue_anew import issue_anew, preview
from shared.acts.pass_on import PassOn
from shared.acts.remove import loss_of, remove
from shared.acts.run import apply, apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.addresses import readable_address
from shared.budgets import CORRECTIONS
from shared.certificates.issuing import drawing
from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.links import link_to_copy
from shared.certificates.issuing.record_pdf import OF_ORGANIZER, record_pdf
from shared.certificates.issuing.records import RecordEntry, record_of
from shared.certificates.issuing.records import in_words as in_units
from shared.certificates.issuing.submission import count_corrections
from shared.dates import written_date
from shared.errors import ProductError
from shared.events import groups
from shared.events.groups import group_of, with_id
from shared.events.links import verification_link
from shared.log import audit
from shared.mail.kinds.certificate.message import file_name
from shared.mail.queue import enqueue, standing
from shared.privacy.erasure import erase
from shared.rendering.design import Format
from shared.rendering.names import MOST_CODE_POINTS
from shared.storage import hooks
from shared.storage.models import Action, Certificate, Event, Group, Status, Volunteer
from shared.storage.models.volunteer import (
    ERASED,
    HAS_SUBMITTED,
    MAY_BE_NOTIFIED,
    MAY_GET_LINK,
)
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import secret_titles, veiled
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.lists.qualifying import Judge
from shared.volunteers.people import roster
from shared.volunteers.people.listing import Selection
from shared.volunteers.people.progress import history, why_left_out
from shared.volunteers.people.qualification import reason

_ADDRESS = SessionKey[str]("volunteers.address")
_DESPITE = SessionKey[str]("volunteers.despite")
_REASON = SessionKey[str]("volunteers.reason")
_FIELD = SessionKey[Any]("volunteers.correcting")
_SURE = SessionKey[bool]("volunteers.erase.sure")
_GROUP_FIELD = SessionKey[Any]("volunteers.grouped")
_NAME = SessionKey[str]("volunteers.name")
_FORMATS: tuple[Format, ...] = ("jpg", "png", "pdf")
# The id of the person whose link is shown, and the link, kept only for so long.
_LINK = SessionKey[tuple[int, str]]("volunteers.link")


def show_person() -> None:
    """Show the panel of the chosen person beside the table."""
    with reading() as (session, event):
        person = session.get(Volunteer, PERSON.get() or 0)
        # The person may be of another event, or erased.
        if person is None or person.event_id != event.id or holds(ERASED, person):
            return

    def close() -> None:
        # The focus returns to the row from which it was opened.
        if person_id := PERSON.get():
            FOCUS.set({"id": person_id, "at": FOCUS.get({"at": 0})["at"] + 1})
        PERSON.set(None)
        _LINK.take()

    show_window(
        plain(person.name or readable_address(person.email)),
        lambda: _show_history(person.id),
        close,
        is_beside=True,
    )


def _show_history(person_id: int) -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.SEE_ADDRESSES)
    with reading() as (session, event):
        person = roster.with_id(session, event, person_id)
        entries, corrections = history(session, person), count_corrections(session, person)
        waits = standing.of_people(session, event, [person.id], language()).get(person.id, [])
        columns, secret = veiled(event, person.columns), secret_titles(event)
        [row] = rows_of(session, event, [person], [])
    # As in the table.
    status, why = row.cells[1:3]
    st.caption(f"{plain(readable_address(person.email))} · {plain(person.number)}")
    colours: dict[str, Colour] = {"good": "green", "look": "orange", "bad": "red"}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(status.text, color=colours.get(status.tone, "gray"))
        if why.text:
            st.markdown(plain(why.text))
    for wait in waits:
        if wait.cure:
            st.info(plain(wait.cure), icon=":material/schedule:")
    show_issued(person)
    _show_record(person)
    _actions(person)
    _show_columns(person, event, columns, secret)
    with st.expander(
        tn("History: {count} entry", "History: {count} entries", len(entries)),
        icon=":material/history:", key=f"volunteers.history.{person.id}",
    ):  # fmt: skip
        for entry in entries:
            when = written_time(entry.at, event)
            st.markdown(f"`{when}` {plain(t(entry.what, **entry.details))}")
    if corrections:
        show_caption(
            "Corrected by this person after mailing {count} of {most} times",
            count=corrections,
            most=CORRECTIONS.most,
        )


def _show_columns(
    person: Volunteer, event: Event, columns: Mapping[str, str], secret: Collection[str]
) -> None:
    """Show the list's further columns of the person, secrets as masks, and their correction."""
    # A value stands on one line, since a later line could be read as Markdown.
    values = [
        f"**{plain(title)}** {plain(' '.join(value.split()))}"
        for title, value in columns.items()
        if value
    ]
    if values:
        st.markdown("  \n".join(values))
    show_group(person)
    if event.list_columns and may(Permission.CHANGE_LIST):
        form = StoredForm(_FIELD.of(person.id))
        with (
            st.popover(t("Correct these values"), icon=":material/edit_note:"),
            st.form(f"volunteers.correct.{person.id}"),
        ):
            show_caption("Issued certificates change only when you reissue them.")
            # A secret value stays unless another one is entered.
            _ask_for_values(form, person, event.list_columns, columns, secret)


def _show_record(person: Volunteer) -> None:
    """Show the certificates of the same address in other events whose addresses the reader may
    see."""
    with reading() as (session, event):
        mine = session_of_reader(session).accesses
        seeing = [access for access in mine if access.may(Permission.SEE_ADDRESSES)]
        others = record_of(session, person.email, opened_by(*seeing), Event.id != event.id)
        whole = record_of(session, person.email, opened_by(*seeing)) if others.entries else others
    if not others.entries:
        return
    label = tn("In {count} other event", "In {count} other events", len(others.entries))
    with st.expander(label, icon=":material/history_edu:"):
        for name, found in whole.by_name():
            counted = tn("{count} certificate", "{count} certificates", len(found.counted))
            sums = in_units(found.sums(), language())
            st.markdown(f"**{plain(name)}** · " + plain(" · ".join(filter(None, [counted, sums]))))
            st.markdown("\n".join(f"- {_line_of(entry)}" for entry in found.entries))
        show_caption("Only events that you may see. Withdrawn certificates do not count.")
        made = partial(_record_on_paper, person.id, event.id, language(), reader())
        file_button("PDF", made, "certificates.pdf", f"volunteers.record.{person.id}")


def _record_on_paper(person_id: int, event_id: int, spoken: str, asking: Viewer) -> bytes:
    """Return the record as PDF, of all events from which a reader may export now. Raises
    NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    with served.database.writing(by=asking.actor(event_id, Permission.EXPORT)) as session:
        accesses = asking.signed_in(session).accesses
        mine = [access for access in accesses if access.may(Permission.EXPORT)]
        address = session.get_one(Volunteer, person_id).email
        found = record_of(session, address, opened_by(*mine))
        for event_id in sorted({entry.event_id for entry in found.entries}):
            audit.record(session, Action.EXPORTED, event_id, fields=["record"])
    return record_pdf(served.settings, address, found, spoken, OF_ORGANIZER)


def _line_of(entry: RecordEntry) -> str:
    """Return a line of a record as Markdown, with a link to the certificate's page."""
    link = verification_link(installation().settings, entry.public_id)
    withdrawn = entry.withdrawn and t("withdrawn: {reason}", reason=entry.withdrawn)
    parts = [in_units(entry.numbers, language()), withdrawn]
    said = " · ".join([written_date(entry.date, language()), *filter(None, parts)])
    return f"[{plain(entry.event)}]({link}) {plain(said)}"


def _actions(person: Volunteer) -> None:
    """Draw what can be done for the person."""
    st.subheader(t("Address and link"))
    ask_for_address(_ADDRESS.of(person.id), person.id, person.email)
    despite = _DESPITE.of(person.id)
    if not holds(MAY_BE_NOTIFIED, person) and (why_not := why_left_out(person)):
        show_warning(why_not)
        st.text_input(
            t("Why mail this person anyway"),
            key=despite.name,
            help=t("It is saved with the mail."),
        )
    _show_qualifying(person)
    was_asked = person.status is not Status.NEW or person.asked_at is not None
    label = t("Send the link again") if was_asked else t("Send the link")
    # People who get no certificate are not asked for a name.
    is_asked = holds(MAY_GET_LINK, person) or not holds(MAY_BE_NOTIFIED, person)
    with st.container(horizontal=True):
        _person_button(
            label, "send_link", person,
            lambda session, person, despite: enqueue.resend_invitation(
                session, installation().seal, person, despite or ""
            ),
            Permission.SEND, t("The link is being sent."), typed=(despite,),
            icon="forward_to_inbox", disabled=not is_asked,
        )  # fmt: skip
        # For people whom mail does not reach.
        _person_button(t("Show the link"), "link", person, _copy_link, Permission.SEND, icon="link")
        if holds(HAS_SUBMITTED, person):
            _person_button(
                t("Reopen the name"), "reopen", person, roster.reopen, Permission.CHANGE_LIST,
                t("The link accepts a new name."), icon="lock_open",
            )  # fmt: skip
        _offer_to_remove(person)
        if may(Permission.DELETE):
            offer_to_erase(person)
    shown = _LINK.get()
    if shown and shown[0] == person.id:
        st.code(shown[1], language=None, wrap_lines=True)
        show_caption("Anyone with this link can act as this person. Viewing it is logged.")


def _person_button(
    label: str, name: str, person: Volunteer, act: ButtonAct, *given: Any, **how: Any
) -> None:
    """Draw a button for the person; its key contains the `name` of the act. `act` gets a session,
    the person and what is typed; all else is passed on to `act_button`."""
    key = f"volunteers.{name}.{person.id}"
    act_button(label, key, acting_on_person(person.id, act), *given, **how)


def _show_qualifying(person: Volunteer) -> None:
    """Show why somebody does not qualify, and offer to issue anyway."""
    is_by_hand = person.qualified_by_hand_at is not None
    if person.unqualified_at is None and not is_by_hand:
        return
    with reading() as (_, event):
        missed = reason(Judge.of(event), person, language())
    if is_by_hand:
        show_caption("Qualifies by an organizer's decision")
    else:
        show_info("Does not qualify: {reason}", reason=plain(missed), icon="rule")
    label = t("Let the list decide") if is_by_hand else t("Issue anyway")
    done = t("The list decides again.")
    if not is_by_hand:
        done = t("This person gets a certificate with the next sending.")
    if may(Permission.SEND):
        act = partial(roster.qualify_by_hand, is_qualified=not is_by_hand)
        _person_button(
            label, "qualify", person, act, Permission.SEND, done, icon="gavel",
            type="tertiary" if is_by_hand else "secondary",
        )  # fmt: skip


def _offer_to_remove(person: Volunteer) -> None:
    """Offer to remove the person; if that loses something for good, it needs the right to
    delete."""
    with reading() as (session, _):
        loss = loss_of(session, person)
    needed = Permission.DELETE if loss else Permission.CHANGE_LIST
    if not may(needed):
        return
    with (
        st.popover(t("Remove from the list"), icon=":material/person_remove:"),
        st.container(key=f"volunteers.remove.{person.id}"),
    ):
        is_sure = True
        if loss:
            show_paragraph("This is lost permanently:")
            certificates = tn(
                "{count} certificate, which is withdrawn",
                "{count} certificates, which are withdrawn",
                loss.certificates,
            )
            mails = tn("the outcome of {count} mail", "the outcome of {count} mails", loss.mails)
            said = [
                *((True, t(words)) for words in loss.facts),
                (loss.has_link, t("their personal link, which stops working")),
                (loss.certificates, certificates),
                (loss.mails, mails),
            ]
            lost = [words for is_lost, words in said if is_lost] or [t("what is known of them")]
            st.markdown("\n".join(f"- {loss}" for loss in lost))
            show_caption("A later list can add them again. To prevent that, erase them.")
            is_sure = st.checkbox(t("Yes, permanently"), key=_SURE.of("remove", person.id).name)
        else:
            show_caption("Nothing was sent to this person. Only their line is removed.")
        _person_button(
            t("Yes, remove this person"), "remove.yes", person,
            partial(remove, with_all=loss is not None), needed, t("Removed from the list."),
            then=previews.forget_all, type="primary", disabled=not is_sure,
        )  # fmt: skip


def _ask_for_values(
    form: StoredForm,
    person: Volunteer,
    titles: Sequence[str],
    stored: Mapping[str, str],
    secret: Collection[str] = (),
) -> None:
    """Draw the fields of a form, and its button, which stores what is different."""
    fields = [form.of(title, "" if title in secret else stored.get(title, "")) for title in titles]
    for title, field in zip(titles, fields, strict=True):
        value = stored.get(title, "")
        # A value of several lines keeps them.
        entry = st.text_area if "\n" in value else st.text_input
        entry(
            plain(title),
            placeholder=value if title in secret else None,
            max_chars=LONGEST_COLUMN,
            key=field.name,
        )

    def store(session: Session, found: Volunteer, *typed: str) -> None:
        for title, value in zip(titles, typed, strict=True):
            # An empty field leaves a secret as it is.
            if value != stored.get(title, "") and (value or title not in secret):
                change_value(session, installation().seal, found, title, value)

    act = acting_on_person(person.id, store)
    form.submit_button(t("Save"), act, Permission.CHANGE_LIST, typed=fields)


def offer_to_erase(person: Volunteer) -> None:
    """Offer to erase somebody who asked for it, after saying what that means."""
    with (
        st.popover(t("Erase this person"), icon=":material/delete_forever:"),
        st.container(key=f"volunteers.erase.{person.id}"),
    ):
        show_paragraph(
            "This deletes everything about {address}: names, number, columns and "
            "mails. Their link stops working, their certificate is withdrawn, and "
            "this event never mails them again. The counts stay. You cannot undo "
            "this.",
            address=plain(readable_address(person.email)),
        )
        is_sure = st.checkbox(t("Yes, permanently"), key=_SURE.of(person.id).name)
        seal = installation().seal
        act_button(
            t("Erase"), f"volunteers.erase.{person.id}.yes",
            lambda session, event: erase(session, seal, event.id, person.id),
            Permission.DELETE, t("Erased."), then=_forget_what_was_seen, type="primary",
            disabled=not is_sure,
        )  # fmt: skip


def _forget_what_was_seen() -> None:
    previews.forget_all()
    installation().database.empty_journal()


def show_group(person: Volunteer) -> None:
    """Show the group of the person and how to change it; nothing if the event has no groups."""
    with reading() as (session, event):
        if not event.groups:
            return
        person = roster.with_id(session, event, person.id)
        group, certificate = group_of(person), current_certificate(session, person)
        titles = list(dict.fromkeys(group.column_title for group in event.groups))
        is_other = certificate is not None and certificate.group_id != (group and group.id)
        before = with_id(event, certificate.group_id) if certificate else None
    show_paragraph("Group: **{group}**", group=_name(group))
    if is_other:
        show_info(
            "The certificate was issued for: {group}. It changes only when you reissue it.",
            group=_name(before),
        )
    if may(Permission.CHANGE_LIST):
        form = StoredForm(_GROUP_FIELD.of(person.id))
        with (
            st.popover(t("Another group"), icon=":material/edit:"),
            st.form(f"volunteers.group.{person.id}"),
        ):
            show_caption("From the list. Issued certificates change only when you reissue them.")
            _ask_for_values(form, person, titles, person.columns)


def _name(group: Group | None) -> str:
    return plain(group.name) if group else t("In no group")


def show_issued(person: Volunteer) -> None:
    """Show the person's certificate and what can be done with it, or a field to issue one."""
    with reading() as (session, event):
        person = roster.with_id(session, event, person.id)
        current = current_certificate(session, person)
        has_design = event.design_id is not None
        picture = issued_url(session, installation().settings, current) if current else ""
    whom = Selection(ids=(person.id,))
    if picture:
        show_certificate(picture, t("Certificate of {name}", name=person.name))
    if current and current.withdrawn_at:
        said = t(
            "Withdrawn on {time}: {reason}",
            time=written_time(current.withdrawn_at, event),
            reason=plain(current.withdrawal_reason),
        )
        st.warning(said, icon=":material/block:")
        if may(Permission.WITHDRAW):
            _person_button(
                t("Undo the withdrawal"), "undo_withdrawal", person,
                lambda session, person: apply_to(session, UndoWithdrawal(whom), person),
                Permission.WITHDRAW, t("The certificate is valid again."), icon="undo",
            )  # fmt: skip
    elif current and picture and may(Permission.EXPORT):
        show_files(current)
    may_have_one = current is not None or person.unqualified_at is None
    if has_design and may_have_one and may(Permission.SEND):
        _offer_another_name(person, current)
    if current and not current.is_void and may(Permission.WITHDRAW):
        with (
            st.popover(t("Withdraw the certificate"), icon=":material/block:"),
            st.form(f"volunteers.withdraw.{person.id}"),
        ):
            show_caption("Its files and page then say that it is withdrawn. You can undo this.")
            reason = _REASON.of(person.id)
            st.text_input(t("Reason (shown to the person)"), max_chars=500, key=reason.name)
            _person_button(
                t("Yes, withdraw it"), "withdraw.yes", person,
                lambda session, person, reason: apply_to(session, Withdraw(whom, reason), person),
                Permission.WITHDRAW, t("The certificate was withdrawn."), typed=(reason,),
                type="primary", in_form=True,
            )  # fmt: skip


def _offer_another_name(person: Volunteer, current: Certificate | None) -> None:
    """Offer to issue a certificate with a typed name, which is previewed first."""
    st.subheader(t("Reissue") if current else t("Issue a certificate"))
    fields = StoredFields(_NAME.of(person.id), stored=lambda _, __: person.name)
    asked = fields.field("name", t("Name on the certificate"))
    name = st.text_input(**asked, max_chars=MOST_CODE_POINTS)
    # The person may have entered another name.
    if fields.show_overtaken() or not name.strip():
        return
    try:
        with reading() as (session, event):
            person = roster.with_id(session, event, person.id)
            picture = preview_url(*preview(session, installation().settings, person, name))
            newest = groups.design_of(event, groups.group_of(person))
    except ProductError as problem:
        st.error(in_words(problem))
        return
    is_newer = current is not None and newest is not None and current.design_id != newest.id
    if current and name == current.name and not is_newer and not current.is_void:
        show_caption("Change the name to update the certificate.")
        return
    st.caption(t("Not issued yet (newest design)") if is_newer else t("Not issued yet."))
    show_certificate(picture, t("Certificate of {name}", name=name))
    with st.container(horizontal=True):
        _person_button(
            t("Issue and mail it"), "issue.mailed", person,
            partial(_issue, person.name, name, mailed=True), Permission.SEND,
            t("The certificate is issued and its mail queued."), then=fields.settle,
            type="primary", icon="send",
        )  # fmt: skip
        _person_button(
            t("Issue without mail"), "issue.alone", person,
            partial(_issue, person.name, name, mailed=False), Permission.SEND,
            t("The certificate was issued."), then=fields.settle, icon="draw",
        )  # fmt: skip


def _issue(seen: str, name: str, session: Session, person: Volunteer, *, mailed: bool) -> None:
    """Issue the name that was previewed. Raises ProductError if the person has entered another one
    than was `seen`."""
    if person.name not in (seen, name):
        raise ProductError(SAVED_BY_ANOTHER)
    issue_anew(session, installation().settings, person, name, mailed=mailed)


def show_files(certificate: Certificate) -> None:
    """Draw a button for each file of the certificate, which is made when the browser requests
    it."""
    asking = reader()
    with st.container(horizontal=True):
        for format in _FORMATS:
            name = f"{file_name(certificate.name)}.{format}"
            made = partial(_file, certificate.id, format, asking)
            file_button(format.upper(), made, name, f"volunteers.file.{certificate.id}.{format}")


def _file(certificate_id: int, format: Format, asking: Viewer) -> bytes:
    """Return the file if the reader may still export. Raises NotAllowed, RoleTooLow and
    EventUnknown."""
    served = installation()
    with served.database.reading() as session:
        event_id = session.get_one(Certificate, certificate_id).event_id
    with served.database.writing(by=asking.actor(event_id, Permission.EXPORT)) as session:
        issued = session.get_one(Certificate, certificate_id)
        fields, who = [format], issued.volunteer_id
        audit.record(session, Action.EXPORTED, issued.event_id, volunteer_id=who, fields=fields)
        apply(session, PassOn(), issued.event_id, [who])
    carried = {} if format == "jpg" else hooks.features().carried_in_file(served, [certificate_id])
    with served.database.reading() as session:
        issued = session.get_one(Certificate, certificate_id)
        return drawing.render(session, served.settings, issued, format, carried.get(certificate_id))


def _copy_link(session: Session, person: Volunteer) -> Callable[[], None]:
    served, shown = installation(), person.id
    link = link_to_copy(session, served.settings, served.seal, person)
    apply(session, PassOn(), person.event_id, [shown])
    return lambda: _LINK.set((shown, link))
