"""Checks before a sending of what each group has of its own."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing.samples import sample_facts
from shared.errors import LayoutRefused, NameProblem, PlaceholderUnknown, explain
from shared.findings import Finding, Level
from shared.language import N_, translate
from shared.mail.kinds.registry import texts
from shared.mail.kinds.texts import check_wording
from shared.rendering.placed import check
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import Event, Group
from shared.volunteers.people.grouping import is_anybody_in

_SUBJECT = N_("Groups")
_SAMPLE_NAME = "Alex Chen"

_NOBODY = N_("Nobody on the list is in the group “{group}”. Is its value written as in the list?")
_CERTIFICATE = N_("The certificate of the group “{group}” cannot be drawn: {reason}")
_TEXT = N_("In the text “{title}” of the group “{group}” is an unknown placeholder: {placeholder}")
_READY = N_("Groups whose certificates and texts are ready: {count}.")


def check_groups(session: Session, settings: Settings, event: Event) -> list[Finding]:
    """Groups without people, and those whose own certificate or text cannot be sent."""
    groups = event.groups if event.groups_version else []
    found = [
        *(one for group in groups for one in _certificate(session, settings, event, group)),
        *(one for group in groups for one in _texts(event, group)),
        *(one for group in groups for one in _people(session, event, group)),
    ]
    if groups and not found:
        found = [Finding(Level.GREEN, _SUBJECT, _READY, {"count": len(groups)})]
    return found


def _certificate(
    session: Session, settings: Settings, event: Event, group: Group
) -> Iterator[Finding]:
    if group.design is None:
        return
    facts = sample_facts(settings, event, _SAMPLE_NAME, {}, database_time(session).date())
    try:
        check(designs.compiled(session, group.design), facts)
    except (NameProblem, LayoutRefused) as problem:
        said = explain(problem, event.language)
        yield Finding(Level.RED, _SUBJECT, _CERTIFICATE, {"group": group.name, "reason": said})


def _texts(event: Event, group: Group) -> Iterator[Finding]:
    for kind in texts(event):
        try:
            check_wording(kind, group.wording.get(kind.family, {}))
        except PlaceholderUnknown as refusal:
            told = {"group": group.name, "title": translate(kind.title, event.language)}
            placeholder = refusal.details["placeholder"]
            yield Finding(Level.RED, _SUBJECT, _TEXT, told | {"placeholder": placeholder})


def _people(session: Session, event: Event, group: Group) -> Iterator[Finding]:
    if event.grouped_until is None and not is_anybody_in(session, group):
        yield Finding(Level.AMBER, _SUBJECT, _NOBODY, {"group": group.name})
