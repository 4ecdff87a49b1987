"""Checks of the certificate before a sending: whether it can be drawn, whether its facts fit the
event, and the groups' own designs and texts."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.designs.old_names import old_names
from shared.certificates.issuing.samples import sample_facts
from shared.errors import LayoutRefused, NameDoesNotFit, NameProblem, PlaceholderUnknown, explain
from shared.findings import Finding, Level
from shared.language import N_, translate
from shared.mail.kinds.registry import texts
from shared.mail.kinds.texts import check_wording
from shared.rendering.design import render_certificate
from shared.rendering.placed import check
from shared.rendering.placeholders import ORGANIZATION, column_of, written
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import Design, Event, Group, VectorPage
from shared.volunteers.people.grouping import is_anybody_in

_CERTIFICATE, _GROUPS = N_("Certificate"), N_("Groups")
_SAMPLE_NAME = "Alex Chen"
# In octets. Many servers refuse more than 10 MB, and base64 makes four octets of three.
_LARGEST_PICTURE = 5_000_000
_NOBODY = N_("Nobody on the list is in the group “{group}”. Is its value written as in the list?")
_NOT_DRAWN = N_("The certificate of the group “{group}” cannot be drawn: {reason}")
_WRONG_TEXT = N_(
    "In the text “{title}” of the group “{group}” is an unknown placeholder: {placeholder}"
)
_READY = N_("Groups whose certificates and texts are ready: {count}.")
# The console offers to replace it.
OLD_NAME = N_("A text on the certificate says “{name}”, but the name is now “{today}”.")
_EMPTY = N_(
    "{placeholder} would be empty on the certificate. Enter it on “Organization”, or "
    "change the text."
)
_NO_COLUMN = N_("The certificate shows {placeholder}, but the list has no such column.")
_NAMELESS = N_("The certificate does not name your organization.")


def check_certificate(session: Session, settings: Settings, event: Event) -> Finding:
    """Draw a sample, which takes part of a second, and return the finding about it."""
    subject = _CERTIFICATE
    if event.design is None:
        text = N_("There is no certificate yet. Choose a design or upload its picture first.")
        return Finding(Level.RED, subject, text)
    try:
        today = database_time(session).date()
        facts = sample_facts(settings, event, _SAMPLE_NAME, {}, today)
        size = len(render_certificate(designs.compiled(session, event.design, facts), facts, "jpg"))
    except NameDoesNotFit as problem:
        return Finding(Level.RED, subject, _BOX_TOO_SMALL, problem.details)
    except (NameProblem, LayoutRefused) as problem:
        return Finding(Level.RED, subject, problem.message, problem.details)
    if size > _LARGEST_PICTURE:
        text = N_("The certificate has {megabytes} MB. Some servers refuse mails that large.")
        return Finding(Level.AMBER, subject, text, {"megabytes": f"{size / 1_000_000:.1f}"})
    return Finding(Level.GREEN, subject, N_("The certificate is ready."))


_BOX_TOO_SMALL = N_(
    "“{text}” does not fit on the certificate, even at the smallest size. Enlarge its box."
)


TORN = N_(
    "A mark splits a word on the certificate, as in O’ Brien, because earlier rules set "
    "the text: “{text}”. Reset these texts. Certificates already issued do not change."
)


def check_fixed_texts(session: Session, event: Event) -> list[Finding]:
    """Find a text of the stored designs that today's rules would set better."""
    try:
        torn = designs.torn_texts(session, event)
    except (NameProblem, LayoutRefused):
        # Reported by the check that draws a sample.
        return []
    return [Finding(Level.AMBER, _CERTIFICATE, TORN, {"text": text}) for text in torn[:1]]


def check_facts(session: Session, event: Event) -> list[Finding]:
    """Check the facts on everybody's design and on those of groups."""
    found = [
        finding
        for _, design in designs.all_designs(event)
        for finding in _of_design(session, event, design)
    ]
    # Groups' designs mostly have the same findings.
    return [finding for place, finding in enumerate(found) if finding not in found[:place]]


def _of_design(session: Session, event: Event, design: Design) -> Iterator[Finding]:
    for old in old_names(design, event):
        yield Finding(Level.AMBER, _CERTIFICATE, OLD_NAME, {"name": old.name, "today": old.today})
    layout = designs.layout_of(design)
    for placeholder in sorted(
        {name for field in layout.fields if field.shown for name in field.placeholders}
    ):
        title = column_of(placeholder)
        details = {"placeholder": written(placeholder)}
        if title is not None and event.list_columns and title not in event.list_columns:
            yield Finding(Level.AMBER, _CERTIFICATE, _NO_COLUMN, details)
        if placeholder == "organization" and not event.organization.strip():
            yield Finding(Level.AMBER, _CERTIFICATE, _EMPTY, details)
    # On a sheet from the gallery only fields have text; on an organizer's own, the name may be in
    # the picture.
    page = select(VectorPage.media_type).where(VectorPage.sha256 == design.vector_sha256)
    is_ours = session.scalar(page) == "image/svg+xml"
    by_name = event.organization.strip()
    names_organization = any(
        field.id in ("signature", "cell-issuer")
        or (field.kind == "text" and ORGANIZATION in field.content)
        or (field.kind == "text" and by_name and by_name in field.content)
        for field in layout.fields
        if field.shown
    )
    if is_ours and not names_organization:
        yield Finding(Level.AMBER, _CERTIFICATE, _NAMELESS)


def check_groups(session: Session, settings: Settings, event: Event) -> Iterator[Finding]:
    """Find groups without people, and those whose own certificate or text cannot be sent."""
    groups, is_fine = event.groups if event.groups_version else [], True
    for group in groups:
        for finding in _of_group(session, settings, event, group):
            is_fine = False
            yield finding
    if groups and is_fine:
        yield Finding(Level.GREEN, _GROUPS, _READY, {"count": len(groups)})


def _of_group(
    session: Session, settings: Settings, event: Event, group: Group
) -> Iterator[Finding]:
    if group.design is not None:
        facts = sample_facts(settings, event, _SAMPLE_NAME, {}, database_time(session).date())
        try:
            check(designs.compiled(session, group.design), facts)
        except (NameProblem, LayoutRefused) as problem:
            said = explain(problem, event.language)
            yield Finding(Level.RED, _GROUPS, _NOT_DRAWN, {"group": group.name, "reason": said})
    for kind in texts(event):
        try:
            check_wording(kind, group.wording.get(kind.family, {}))
        except PlaceholderUnknown as refusal:
            details = {"group": group.name, "title": translate(kind.title, event.language)}
            placeholder = refusal.details["placeholder"]
            yield Finding(Level.RED, _GROUPS, _WRONG_TEXT, details | {"placeholder": placeholder})
    if event.grouped_until is None and not is_anybody_in(session, group):
        yield Finding(Level.AMBER, _GROUPS, _NOBODY, {"group": group.name})
