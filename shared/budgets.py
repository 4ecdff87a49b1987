"""Budgets: how much of shared resources anybody may take, in one table that the code asks.

A bound says who is counted, how much of what they get, and what happens beyond. A budget is the
bounds of some routes or of a websocket; `api.app` and `console.asgi` assign budgets to routes. The
tables in docs/security.md are made from them.

Bounds are for floods. Nobody with a right link or key is refused because of others in their
network.
"""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """The one who is counted."""

    REQUEST = "request"
    CONNECTION = "connection"
    FILE = "file"
    NETWORK = "network"  # As `network_of` writes it: an IPv4 address, a /64.
    SITE = "site"  # As `site_of` writes it: an IPv4 address, a /48.
    LINK = "link"
    TAB = "tab"
    SIGN_IN = "sign-in"
    PERSON = "person"  # As `person_of` identifies them, in all of their tabs and sessions.
    EVENT = "event"
    ALL = "everybody together"


class Of(StrEnum):
    """The shared resource: the columns of the table."""

    REQUESTS = "Requests"
    OCTETS = "Octets"
    PROCESSOR = "Processor and memory of a child"
    PLACES = "Places"


@dataclass(frozen=True)
class Bound:
    """A limit: each `who` gets at most `most` of `what` within `seconds`, or at a time if that is
    0. `over` says what happens beyond: an HTTP status, or words."""

    of: Of
    most: int
    what: str
    who: Who
    over: str
    seconds: float = 0


@dataclass(frozen=True)
class Budget:
    """The bounds of the requests for `what`."""

    what: str
    body: Bound
    bounds: tuple[Bound, ...] = ()

    @property
    def all(self) -> tuple[Bound, ...]:
        return (self.body, *self.bounds)


_MINUTE, _HOUR, _DAY = 60, 3600, 24 * 3600


# Connections, before anything is known of a request (RFC 6585, 5; RFC 9110, 15.5.9)

HEADERS = Bound(Of.OCTETS, 64 * 1024, "octets of headers", Who.REQUEST, "431")
HEADER_SECONDS = Bound(Of.REQUESTS, 20, "seconds to send all headers", Who.REQUEST, "408")
SLOW_BODY = Bound(Of.OCTETS, 30_000, "octets of a body or fewer", Who.REQUEST, "408", seconds=30)
# `connections.allow_many` makes it half of the files that the system allows.
UNFINISHED = Bound(
    Of.PLACES, 1000, "connections without a whole request", Who.ALL, "408 for the oldest"
)


# Bodies

FORM = Bound(Of.OCTETS, 64_000, "octets of a body", Who.REQUEST, "413")
PICTURE = Bound(Of.OCTETS, 25_000_000, "octets of a body", Who.REQUEST, "413")
LIST = Bound(Of.OCTETS, 8_000_000, "octets of a body", Who.REQUEST, "413")
ENTRIES = Bound(Of.OCTETS, 100_000, "entries", Who.REQUEST, "422")
# The largest message of SNS (docs.aws.amazon.com, “Amazon SNS quotas”).
EVENT = Bound(Of.OCTETS, 256 * 1024, "octets of a body", Who.REQUEST, "413")
IDS = Bound(Of.OCTETS, 1_000, "ids", Who.REQUEST, "422")
VERIFIED_FILE = Bound(Of.OCTETS, 25_000_000, "octets of a body", Who.REQUEST, "413")
# A file and what a browser wraps around it, which is no more than a form.
UPLOAD = Bound(Of.OCTETS, (25 << 20) + FORM.most, "octets of a body", Who.REQUEST, "413")


# Wrong tokens, and what strangers may ask for

WRONG_TOKENS = Bound(Of.REQUESTS, 60, "wrong links or tokens", Who.NETWORK, "429", _MINUTE)
WRONG_KEYS = Bound(Of.REQUESTS, 10, "wrong keys", Who.NETWORK, "429", _MINUTE)
WRONG_INVITATIONS = Bound(
    Of.REQUESTS, 10, "refusals in the log", Who.NETWORK, "the rest is not logged", _MINUTE
)
LOGGED_REFUSALS = Bound(
    Of.REQUESTS, 60, "refusals of a kind in the log", Who.EVENT, "the rest is not logged", _MINUTE
)
STATES = Bound(Of.REQUESTS, 60, "requests", Who.NETWORK, "429", _MINUTE)
VERIFICATIONS = Bound(Of.REQUESTS, 20, "files to verify", Who.NETWORK, "429", _MINUTE)
VERIFICATIONS_OF_SITE = Bound(Of.REQUESTS, 60, "files to verify", Who.SITE, "429", _MINUTE)
LINKS_ASKED_FOR = Bound(Of.REQUESTS, 20, "requests", Who.NETWORK, "429", _HOUR)
ASKED_AN_HOUR = Bound(Of.REQUESTS, 1, "mail on request", Who.PERSON, "none is sent", _HOUR)
ASKED_A_DAY = Bound(Of.REQUESTS, 3, "mails on request", Who.PERSON, "none is sent", _DAY)
RECORDS_AN_HOUR = Bound(Of.REQUESTS, 3, "links to a record", Who.PERSON, "none is sent", _HOUR)
LINKS_OF_EVENT = Bound(Of.REQUESTS, 60, "links on request", Who.EVENT, "none is sent", _HOUR)


# People with a personal link

CORRECTIONS_A_DAY = Bound(Of.REQUESTS, 3, "corrections", Who.LINK, "code 4", _DAY)
UNMAILED_NAMES = Bound(
    Of.REQUESTS,
    10,
    "names not mailed, since the person was reopened",
    Who.LINK,
    "code 4",
)
CORRECTIONS = Bound(
    Of.REQUESTS, 10, "corrections since the person was reopened", Who.LINK, "code 4"
)


# Work of this process, and of child processes that read untrusted files

# Threads that store names: see `api.calls.volunteer`.
SUBMITS = Bound(Of.PLACES, 7, "names being stored", Who.ALL, "a wait of 10 s and 503")
# A PNG of a template of 40 megapixels takes 260 MB while it is drawn (measured).
DRAWINGS = Bound(Of.PLACES, 2, "drawings", Who.ALL, "a wait of 4 s and 503")
# Each waiter holds a thread of the pool, which has 40.
DRAWINGS_WAITING = Bound(
    Of.PLACES, 16, "waiting drawings", Who.ALL, "503 for the newest in the longest line"
)
# A file takes room on the disk while it arrives.
ARRIVING = Bound(Of.PLACES, 8, "files arriving", Who.ALL, "503")
ARRIVING_OF_SITE = Bound(Of.PLACES, 3, "files arriving", Who.SITE, "503")
# The next is one of the site that was served least.
VERIFIED = Bound(Of.PLACES, 1, "file being verified", Who.ALL, "a wait of 10 s and 503")
VERIFICATIONS_WAITING_OF_SITE = Bound(Of.PLACES, 3, "files waiting to be verified", Who.SITE, "503")
# Each is a file in the temporary folder, which in a container is memory.
VERIFICATIONS_WAITING = Bound(
    Of.PLACES, 9, "files waiting to be verified", Who.ALL, "503 for the newest in the longest line"
)
# Together they take at most this many times the memory of one.
READ_OF_EVENT = Bound(Of.PLACES, 1, "file being read", Who.EVENT, "a wait of 10 s and 503")
READ = Bound(Of.PLACES, 2, "files of events being read", Who.ALL, "a wait of 10 s and 503")
# Each waiter holds a thread.
READ_OR_WAITING_OF_EVENT = Bound(Of.PLACES, 4, "files read or waiting", Who.EVENT, "503")
READ_OR_WAITING = Bound(Of.PLACES, 12, "files read or waiting", Who.ALL, "503")
READING = (READ_OF_EVENT, READ, READ_OR_WAITING_OF_EVENT, READ_OR_WAITING)


def _seconds(most: int, what: str) -> Bound:
    return Bound(Of.PROCESSOR, most, f"seconds for {what}", Who.FILE, "refused")


def _memory(most: int, what: str) -> Bound:
    return Bound(Of.PROCESSOR, most, f"octets of memory for {what}", Who.FILE, "refused")


# Photos of codes are read as well: the largest PNG takes 280 MB and 1.5 s, however often a code is
# searched for; a WebP of 12 megapixels takes 260 MB.
VERIFYING = _seconds(3, "a file to verify"), _memory(450_000_000, "a file to verify")
# The largest picture takes 4 s and 600 MB.
PICTURES = _seconds(10, "a picture"), _memory(750_000_000, "a picture")
# A4 takes a second and 300 MB of address space; one of 40 megapixels is read with 640 MB.
PAGES = _seconds(10, "a page"), _memory(700_000_000, "a page")
# The largest of our own faces takes 5 s.
FONTS = _seconds(20, "a font"), _memory(1_500_000_000, "a font")
# 100 000 lines of eight columns take a third of the memory, and a second.
SHEETS = _seconds(30, "a workbook"), _memory(1_000_000_000, "a workbook")
# A4 in one of our own faces takes 2 s and 500 MB.
DRAWN_APART = (
    _seconds(10, "a drawing with an uploaded font"),
    _memory(1_500_000_000, "a drawing with an uploaded font"),
)


# The console

# uvicorn's default; the largest message is a pasted list.
MESSAGE = Bound(Of.OCTETS, 16 << 20, "octets of a message", Who.REQUEST, "the tab is closed")
_CLOSED = "the tab is closed"
MESSAGES = Bound(Of.REQUESTS, 200, "messages", Who.TAB, _CLOSED, 10)
# A key that is held in a field for numbers makes 30.
UNPRESSED = Bound(Of.REQUESTS, 20, "messages without a press", Who.TAB, "a wait", 1)
REQUESTS_WAITING = Bound(Of.PLACES, 20, "waiting requests", Who.TAB, _CLOSED)
# Three of the largest messages.
OCTETS_WAITING = Bound(Of.OCTETS, 50_000_000, "octets of waiting requests", Who.PERSON, _CLOSED)
TABS_OF_SIGN_IN = Bound(Of.PLACES, 15, "tabs", Who.SIGN_IN, _CLOSED)
TABS_OF_PERSON = Bound(Of.PLACES, 40, "tabs", Who.PERSON, _CLOSED)
RUNNING = Bound(Of.PLACES, 4, "running scripts of tabs", Who.PERSON, "a wait")
# Scripts share one processor, as all of Python's threads do.
RUNNING_BESIDE = Bound(
    Of.PLACES, 4, "running scripts of tabs, beyond one of each person", Who.ALL, "a wait"
)
# Three files of the largest size.
UPLOADED = Bound(Of.OCTETS, 80_000_000, "octets of uploaded files", Who.PERSON, "413")
# One has 30 to 300 KB.
PREVIEWS = Bound(Of.OCTETS, 40_000_000, "octets of previews", Who.ALL, "the oldest is dropped")
PAINTERS = Bound(Of.PLACES, 2, "previews being drawn", Who.ALL, "a wait")
# Ten at a time are requested, and no other preview waits for them.
WALL_PAINTERS = Bound(Of.PLACES, 1, "design of the gallery being drawn", Who.ALL, "a wait")
# Each takes all of the machine that it gets, while screens and volunteers wait.
TABLES = Bound(Of.PLACES, 3, "tables being sent", Who.ALL, "a wait of 4 s and 503")
# Each draws as fast as it is downloaded.
CERTIFICATES = Bound(Of.PLACES, 2, "files of certificates being sent", Who.ALL, "503")
ARCHIVES = Bound(Of.PLACES, 2, "archives being sent", Who.ALL, "503")
ARCHIVES_OF_EVENT = Bound(Of.PLACES, 1, "archive being sent", Who.EVENT, "503")
# Each waiter holds a thread of the pool, which has 40.
DOWNLOADS_WAITING = Bound(Of.PLACES, 16, "waiting downloads", Who.ALL, "503")


# Budgets of routes

CONNECTIONS = Budget("every connection", HEADERS, (HEADER_SECONDS, SLOW_BODY, UNFINISHED))
OPEN = Budget("public pages and files", FORM)
VISITS = Budget("the page of a personal link", FORM, (WRONG_TOKENS,))
_DRAWN = DRAWINGS, DRAWINGS_WAITING
DRAWN = Budget("pictures of certificates", FORM, (WRONG_TOKENS, *_DRAWN))
SUBMITTING = Budget(
    "submitting a name, and its preview",
    FORM,
    (WRONG_TOKENS, UNMAILED_NAMES, CORRECTIONS_A_DAY, CORRECTIONS, SUBMITS, *_DRAWN),
)
ERASING = Budget(
    "erasure by the person concerned", FORM, (WRONG_TOKENS, ASKED_AN_HOUR, ASKED_A_DAY)
)
ASKING_FOR_LINKS = Budget(
    "requesting a personal link",
    FORM,
    (LINKS_ASKED_FOR, ASKED_AN_HOUR, ASKED_A_DAY, LINKS_OF_EVENT),
)
ASKING_FOR_RECORDS = Budget(
    "a service record, and requesting its link",
    FORM,
    (WRONG_TOKENS, LINKS_ASKED_FOR, RECORDS_AN_HOUR, *_DRAWN),
)
RETURNING = Budget("notices of returned mail from a relay", EVENT, (WRONG_TOKENS,))
LOOKING_UP = Budget("states of many certificates", FORM, (STATES, IDS))
VERIFYING_FILES = Budget(
    "verifying a file",
    VERIFIED_FILE,
    (
        *(VERIFICATIONS, VERIFICATIONS_OF_SITE, *VERIFYING, ARRIVING, ARRIVING_OF_SITE),
        *(VERIFIED, VERIFICATIONS_WAITING_OF_SITE, VERIFICATIONS_WAITING, *READING),
    ),
)
ORGANIZING = Budget("calls of organizers", FORM, (WRONG_TOKENS, LOGGED_REFUSALS))
ADDING = Budget("addUserData: a list", LIST, (WRONG_TOKENS, LOGGED_REFUSALS, ENTRIES))
UPLOADING_TEMPLATES = Budget(
    "uploadImage: a template",
    PICTURE,
    (WRONG_TOKENS, LOGGED_REFUSALS, *PICTURES, *PAGES, *READING),
)
SIGNED_IN = Budget("pages and files of the console", FORM)
SIGNING_IN = Budget("the sign-in page", FORM, (WRONG_KEYS, LOGGED_REFUSALS))
JOINING = Budget("invitations of colleagues", FORM, (WRONG_INVITATIONS,))
_ASKING = MESSAGES, UNPRESSED, REQUESTS_WAITING, OCTETS_WAITING
_TABS = TABS_OF_SIGN_IN, TABS_OF_PERSON, RUNNING, RUNNING_BESIDE
TABS = Budget(
    "the console's websocket",
    MESSAGE,
    (*_ASKING, *_TABS, *PICTURES, *PAGES, *FONTS, *SHEETS, *DRAWN_APART, *READING),
)
UPLOADING = Budget("files uploaded to the console", UPLOAD, (UPLOADED,))
PREVIEWING = Budget("previews", FORM, (PREVIEWS, PAINTERS, WALL_PAINTERS))
DOWNLOADING = Budget(
    "downloads", FORM, (TABLES, CERTIFICATES, ARCHIVES, ARCHIVES_OF_EVENT, DOWNLOADS_WAITING)
)
