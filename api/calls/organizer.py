"""The calls of an organizer's programs: list, image, settings, sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from api.calls import (
    REFUSALS,
    CallBody,
    CheckedItem,
    Envelope,
    nearest,
    unknown_fields,
    with_example,
)
from api.calls.configuration import OrgConfig, configure, enters_account, place
from api.dependencies import Caller, InstallationOf, LanguageOf, NetworkOf, caller_of
from shared import budgets, reading_places
from shared.access.keys import Access, reach_of
from shared.access.roles import Permission
from shared.acts.add_list import add_list
from shared.acts.go_live import go_live_in_turns
from shared.acts.send import QueuedMails, send
from shared.acts.update_list import ListUpdated, update_list
from shared.acts.waiting import count_waiting
from shared.certificates.designs.changes import TemplateChange, change_design
from shared.certificates.issuing import chosen
from shared.errors import PictureRefused, SettingRefused
from shared.events import event_for_change
from shared.findings import Finding
from shared.language import N_, Language, translate
from shared.mail.kinds.registry import kind_of
from shared.mail.queue.failed_mails import delayed
from shared.mail.queue.hold import count_held
from shared.mail.queue.standing import of_event, of_sending
from shared.preflight.checks import check_links_of_live, preflight, refuse_unready
from shared.rendering.design import forget_designs_on
from shared.rendering.raster.print_size import print_size
from shared.rendering.uploads.accepted import accept_upload
from shared.storage.models import Event
from shared.storage.rows import count_rows
from shared.volunteers.lists import list_parser
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.lists.list_line import LineRefused
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.lists.recipients import RejectedLine
from shared.volunteers.people import progress
from shared.volunteers.people.qualification import count_unqualified
from shared.volunteers.people.roster import ListCheck

# Repeated lines that an answer names.
_MOST_REPEATED = 200
# The permissions for a call of updateOrgConfig, and for each action of `email`.
_CONFIGURATION = (Permission.CHANGE_TEXTS, Permission.CHANGE_DESIGN, Permission.CHANGE_ACCOUNT)
_ACTIONS = {"send": Permission.SEND, "check": Permission.SEND, "query": Permission.SEE_COUNTS}

router = APIRouter(prefix="/api", responses=REFUSALS, tags=["organizers"])

WhichEvent = Annotated[
    int | str | None,
    Field(description="With the owner's token: the event's id or name instead of the default"),
]

# Programs that fill in tables send numbers as numbers, and null for unknown values.
Cell = str | int | float | None


class Person(BaseModel):
    """Somebody with what is known of them. An entry with a field that does not exist is refused."""

    model_config = ConfigDict(extra="allow")

    email: str = ""
    number: Cell = None
    name: Cell = Field(None, description="As printed on the certificate")
    columns: dict[str, Cell] = Field({}, description="What else is known, by the column's title")

    def misspelt(self) -> LineRefused | None:
        """Return why the entry is refused, if it has a field that a person does not have."""
        for name in self.model_extra or {}:
            meant = nearest(name, type(self).model_fields)
            words = _MISSPELT if meant else _NO_FIELD
            return LineRefused(words, field=name[:LONGEST_COLUMN], meant=meant)
        return None

    def cells(self) -> dict[str, str]:
        """Return what is known of them, as cells for the list parser."""
        further = {f"column:{title.strip()}": cell for title, cell in self.columns.items()}
        cells = {"email": self.email, "number": self.number, "name": self.name, **further}
        return {kind: "" if cell is None else str(cell) for kind, cell in cells.items()}


_MISSPELT = N_("“{field}” is not a field of a person. Did you mean “{meant}”?")
_NO_FIELD = N_("“{field}” is not a field of a person. Put further columns into “columns”.")


class AddUserData(CallBody):
    model_config = with_example(
        email=["ana@example.org,A-7", {"email": "bo@example.org", "name": "Bo Li"}], update=True
    )

    email: list[str | Person] = Field(
        max_length=budgets.ENTRIES.most,
        description="`address`, `address,number`, or an object; empty ones are fine",
    )
    event: WhichEvent = None
    update: bool = Field(
        False, description="Change what differs for people who are already on the list"
    )
    empty_erases: bool = Field(
        False, description="With `update`: an empty value erases the stored one"
    )


class Line(BaseModel):
    """A line that was not taken, counted from 1, and why."""

    line: int
    text: str
    reason: str

    @classmethod
    def of(cls, refusal: RejectedLine, language: Language) -> "Line":
        reason = translate(refusal.reason, language, **refusal.details)
        return cls(line=refusal.line, text=refusal.text, reason=reason)


class AddedUsers(BaseModel):
    accepted: int = Field(description="New on the list")
    duplicates: int = Field(
        description="Were on the list, or occur twice in this one; with `update` only the latter"
    )
    repeated: list[Line] = Field(
        [], description="Lines that do not count, as another one has their person: the first 200"
    )
    refused: list[Line]
    findings: list[CheckedItem] = Field([], description="Fields that this call does not have")


class UpdatedUsers(AddedUsers):
    updated: int = Field(description="Were on the list and are changed")
    unchanged: int = Field(description="Were on the list like this")


class PrintSize(BaseModel):
    paper: str | None
    landscape: bool
    width_mm: float
    height_mm: float
    dpi: float
    verdict: str = Field(description="sharp, fair or soft")


class UploadedImage(BaseModel):
    width: int = Field(description="Pixels")
    height: int = Field(description="Pixels")
    print: PrintSize
    warnings: list[str]
    findings: list[CheckedItem] = Field([], description="Fields that this call does not have")


class Mailing(CallBody):
    model_config = with_example(action="send")

    action: str = Field("", description="`send`, `query` or `check`")
    event: WhichEvent = None
    again: bool = Field(
        False, description="With `send`: certificates older than the list are issued anew, too"
    )


class FailedMail(BaseModel):
    email: str
    kind: str
    state: str = Field(description="`failed`, or `unsure` when the outcome is unknown")
    code: int | None = Field(description="The mail server's")
    reason: str = Field(description="The mail server's words; empty for viewers, as is `email`")


class MailingState(BaseModel):
    queued: int | None = Field(None, description="Invitations that this `send` has queued")
    issued: int | None = Field(
        None, description="Certificates that this `send` has made of the names on the list"
    )
    issued_anew: int | None = Field(
        None, description="Certificates that this `send` has issued anew: with `again` alone"
    )
    outdated: int = Field(
        0, description="Valid certificates that are older than what the list says"
    )
    to_issue: int = Field(
        0, description="People whose certificate the next `send` makes of the name on the list"
    )
    held: int = Field(
        0,
        description="People whose name on the list cannot be drawn, and mails that wait since a "
        "restore until somebody says what became of them",
    )
    unqualified: int = Field(
        0, description="People who do not qualify for a certificate, as the list says"
    )
    total: int
    status: dict[str, int] = Field(description="How many volunteers have status 0, 1, 2, 3, 4")
    invitations_to_go: int
    certificates_to_go: int
    failures: list[FailedMail] = Field(description="The newest 200")
    failures_total: int = Field(description="How many there are, listed or not")
    sending: str = Field(
        description="`running`, `rehearsal`, `stopped` by an organizer, `paused` by the server's "
        "answer, `spent` (its budget), `needs_fixing` by a person, or `held` after a restore. "
        "A slow account is `running`; `looking` is said no longer"
    )
    paused: bool
    paused_until: datetime | None = Field(description="null while paused: a person has to act")
    paused_reason: str
    why: str = Field("", description="Why the next mail is not sent now; empty if it may be")
    delayed: int = Field(
        0, description="Mails first tried more than four hours ago, and still retried"
    )
    delayed_reason: str = Field("", description="What the server said to the first of them")
    rehearsal: bool = Field(description="Before the event is live, mails stay in a local mailbox")
    findings: list[CheckedItem] = Field(
        [], description="What `check` found, `send` of links, and unknown fields"
    )


@router.post("/addUserData")
def add_user_data(
    body: AddUserData, installation: InstallationOf, language: LanguageOf, network: NetworkOf
) -> Envelope[UpdatedUsers | AddedUsers]:
    """Put addresses on the list. Adding them twice is harmless.

    With `update`, what differs for people on the list is changed: name, columns, and the number of
    people who were never written to. Of several entries with one address the last one counts.
    """
    caller = caller_of(
        installation, body.token, body.event, Permission.CHANGE_LIST, network=network
    )
    unknown = [CheckedItem.of(finding, language) for finding in body.unknown()]
    database, seal = installation.database, installation.seal
    with database.reading() as session:
        secret = secret_titles(session.get_one(Event, caller.event_id))
    entries = [
        entry if isinstance(entry, str) else entry.misspelt() or entry.cells()
        for entry in body.email
    ]
    pasted = list_parser.parse_entries(entries, secret)

    def reported(lines: Sequence[RejectedLine]) -> list[Line]:
        return [Line.of(refusal, language) for refusal in lines]

    if body.update:
        found: ListCheck = update_list(
            database, seal, caller.event_id, pasted,
            empty_erases=body.empty_erases, by=caller.actor,
        )  # fmt: skip
    else:
        found = add_list(database, seal, caller.event_id, pasted, by=caller.actor)
    there, repeated = len(found.already_there), len(found.repeated)
    said: dict[str, Any] = {
        "accepted": len(found.new),
        "repeated": reported(found.repeated[:_MOST_REPEATED]),
        "refused": reported(found.refused),
        "findings": unknown,
    }
    if isinstance(found, ListUpdated):
        counts = {"updated": len(found.updated), "unchanged": there, "duplicates": repeated}
        return Envelope(data=UpdatedUsers(**said, **counts))
    return Envelope(data=AddedUsers(**said, duplicates=there + repeated))


_TOKEN = APIKeyHeader(name="Token", auto_error=False, description="The organizer's token")
# The fields of the form.
_FORM = {"template", "event"}
# Documents the form: the framework would only do so for one that it reads before the token.
_UPLOAD: dict[str, Any] = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "template": {
                            "type": "string",
                            "format": "binary",
                            "title": "Template",
                            "description": "PNG, JPEG, PDF or SVG",
                        },
                        "event": {
                            "type": "string",
                            "title": "Event",
                            "description": "As in the other calls",
                        },
                    },
                }
            }
        }
    }
}


@dataclass(frozen=True)
class Upload:
    """An uploaded image, and its caller with the event."""

    caller: Caller
    content: bytes
    unknown: list[Finding]


async def _arriving(
    request: Request,
    installation: InstallationOf,
    network: NetworkOf,
    sent: Annotated[str | None, Security(_TOKEN)] = None,
) -> Upload:
    """Check the token before the body is read, then read the form.

    Raises NotAllowed, RoleTooLow, EventUnknown, SettingRefused and PictureRefused.
    """

    def find(wanted: str | None) -> Caller:
        return caller_of(
            installation, sent or "", wanted, Permission.CHANGE_DESIGN, network=network
        )

    await run_in_threadpool(find, None)
    async with request.form() as form:
        wanted, template = form.get("event"), form.get("template")
        event = wanted if isinstance(wanted, str) else None
        caller = await run_in_threadpool(find, event)
        unknown = unknown_fields(form.keys() - _FORM, _FORM)
        content = await template.read() if isinstance(template, UploadFile) else b""
    if not content:
        raise PictureRefused(N_("No picture arrived. Send the file as the form field “template”."))
    return Upload(caller, content, unknown)


ArrivingPicture = Annotated[Upload, Depends(_arriving)]


@router.post("/uploadImage", openapi_extra=_UPLOAD)
def upload_image(
    arriving: ArrivingPicture,
    installation: InstallationOf,
    language: LanguageOf,
) -> Envelope[UploadedImage]:
    """Take the certificate's picture: PNG, JPEG, the first page of a PDF, or an SVG. Fields that
    were placed on the one before stay placed."""
    caller = arriving.caller
    # Needs none of the permits with which volunteers' certificates are drawn.
    with reading_places.for_event(caller.event_id):
        image = accept_upload(arriving.content)
    change = TemplateChange(image)
    try:
        with reading_places.for_event(caller.event_id):
            change_design(installation.database, caller.event_id, change, caller.actor)
    finally:
        # 40 megapixels take 200 MB, and this process may never draw on them.
        forget_designs_on(image.sha256)
    assert image.print_dpi is not None
    size = print_size(image.width, image.height, image.print_dpi)
    return Envelope(
        data=UploadedImage(
            width=image.width,
            height=image.height,
            print=PrintSize(**vars(size)),
            warnings=[translate(warning, language) for warning in image.warnings],
            findings=[CheckedItem.of(finding, language) for finding in arriving.unknown],
        )
    )


@router.post("/updateOrgConfig")
def update_org_config(
    body: OrgConfig, installation: InstallationOf, language: LanguageOf, network: NetworkOf
) -> Envelope[None]:
    """Change what is given and keep the rest; either all of it is stored or nothing.

    A password that a mail server was shown is not kept for another server, port, encryption or
    user name: unless it is given in the same call, `message` asks for it, with code 0. Once its
    server has accepted it, returned mail is read in the same user's mailbox, if the provider is
    one that this program knows.
    """
    caller = caller_of(installation, body.token, body.event, *_CONFIGURATION, network=network)
    said = [finding.said(language) for finding in body.unknown()]
    with installation.database.reading() as session:
        placed = place(session, session.get_one(Event, caller.event_id), body)
    with installation.database.writing(by=caller.actor) as session:
        reach = reach_of(installation.settings, caller.access)
        event = event_for_change(session, caller.event_id)
        to_do = configure(session, installation.seal, event, body, reach, placed)
    if enters_account(body):
        go_live_in_turns(installation.database, caller.event_id, by=caller.actor)
    if to_do:
        said.insert(0, translate(to_do, language))
    return Envelope(data=None, message=" ".join(said) or "success")


@router.post("/email")
def email(
    body: Mailing, installation: InstallationOf, language: LanguageOf, network: NetworkOf
) -> Envelope[MailingState]:
    """`send` queues an invitation for everybody in status 0, or, if the list has the names, their
    certificates and an invitation for everybody without a name. `query` says how far sending is,
    `check` (some seconds) whether everything that it needs is there.

    `send` queues nobody, and answers code 4, while the certificate cannot be drawn or a mail names
    an unknown placeholder. Without a certificate or a list it answers code 0; `check` says more.
    If only this computer can open the links, code 0 too: `message` and `findings` say so.
    With `again`, certificates that are older than the list (`outdated`) are reissued and mailed.
    """
    needed = _ACTIONS.get(body.action, Permission.SEE_COUNTS)
    caller = caller_of(installation, body.token, body.event, needed, network=network)
    event_id, access = caller.event_id, caller.access
    if body.action not in _ACTIONS:
        raise SettingRefused(N_("action: must be send, query or check"))
    if body.again and body.action != "send":
        raise SettingRefused(N_("again: is for send alone"))
    found, sent, message = body.unknown(), None, "success"
    if body.action == "check":
        found += preflight(installation, event_id)
    elif body.action == "send":
        refuse_unready(installation, event_id, language)
        sent = send(installation, event_id, again=body.again, by=caller.actor)
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        if sent and (doubt := check_links_of_live(installation.settings, event)):
            found, message = [*found, doubt], doubt.said(language)
        state = _state(session, event, access, sent)
    state.findings = [CheckedItem.of(finding, language) for finding in found]
    return Envelope(data=state, message=message)


def _state(
    session: Session, event: Event, access: Access, sent: QueuedMails | None = None
) -> MailingState:
    # A mail server's answer may repeat addresses.
    sees_addresses = access.may(Permission.SEE_ADDRESSES)
    failed = [
        FailedMail(
            email=mail.email if sees_addresses else "",
            kind=kind_of(mail.kind).family,
            state=mail.state.value,
            code=mail.code,
            reason=mail.answer if sees_addresses else "",
        )
        for mail in progress.failures(session, event)
    ]
    now = progress.event_progress(session, event)
    state, late = of_sending(session, event, event.language), delayed(session, event)
    waiting, why = count_waiting(session, event), of_event(session, event, event.language)
    return MailingState(
        queued=sent.invited if sent else None,
        issued=sent.issued if sent else None,
        issued_anew=sent.issued_anew if sent else None,
        outdated=count_rows(session, chosen.with_outdated(event)),
        to_issue=waiting.to_issue,
        held=waiting.held + count_held(session, event.id),
        unqualified=count_unqualified(session, event),
        total=now.total,
        status={str(int(status)): count for status, count in now.by_status.items()},
        invitations_to_go=now.invitations_to_go,
        certificates_to_go=now.certificates_to_go,
        failures=failed,
        failures_total=now.not_arrived,
        sending=state.standing.value,
        paused=state.is_stop,
        paused_until=state.until if state.is_stop else None,
        paused_reason=state.reason(sees_addresses=sees_addresses),
        why=why.words if why else "",
        delayed=late.count if late else 0,
        delayed_reason=late.reason(sees_addresses=sees_addresses) if late else "",
        rehearsal=event.live_account is None,
    )
