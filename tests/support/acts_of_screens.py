"""What the log says of each function of the console that stores something: the table of acts."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from shared.storage.models import Action

ROOT = Path(__file__).parents[2]
CONSOLE = ROOT / "console"
# What opens a transaction that writes, in `console` and in `Database`.
OPENERS = {
    *("writing", "change_design", "store_change"),
    # It stores in a callback what its button was given where it was drawn.
    *("act_button", "acts_button", "_person_button", "change_button", "submit_button"),
    *("save_button", "_save_button", "ask_for_address", "offer_to_confirm", "offer_to_undo"),
}
_CALLBACK = "widgets/pressed carried_out"
_DESIGN = {Action.DESIGN_CHANGED, Action.FILE_UPLOADED}
_SESSION = {Action.SIGNED_IN, Action.SIGNED_OUT}

# File and function, under console/: the acts that stand in the log afterwards. Empty: nobody did
# anything yet that others could want to know.
ACTS: dict[str, set[Action]] = {
    "downloads _begun": {Action.EXPORTED},
    "group_choice show_groups": {Action.GROUP_ADDED},
    "group_choice _offer_to_remove": {Action.GROUP_REMOVED},
    "jobs _show": {Action.JOB_CONFIRMED, Action.JOB_STOPPED},
    "mail_signin _finish": {Action.ACCOUNT_CHANGED, Action.MAIL_SIGNED_IN},
    "widgets/actions show_notices": {Action.NOTICES_READ},
    "screens/certificate/template show_size_limit": {
        Action.DESIGN_CHANGED,
        Action.SETTINGS_CHANGED,
    },
    "screens/certificate/template limit_to": {Action.DESIGN_CHANGED, Action.SETTINGS_CHANGED},
    "screens/certificate/gallery _use": _DESIGN,
    "screens/certificate/__init__ has_everybodys": {Action.DESIGN_CHANGED},
    "screens/certificate/__init__ offer_everybodys": {Action.DESIGN_CHANGED},
    "screens/certificate/placing _take_picture": _DESIGN,
    "screens/certificate/saving go": {Action.DESIGN_CHANGED},
    "screens/overview/__init__ offer_design_before": {Action.DESIGN_CHANGED},
    "screens/certificate/saving save": _DESIGN,
    "screens/certificate/__init__ show_on_sheet": _DESIGN,
    "screens/certificate/template describe": {Action.DESIGN_CHANGED},
    "screens/certificate/template print_in": {Action.DESIGN_CHANGED},
    "screens/certificate/template _take_template": _DESIGN,
    "screens/certificate/template _take_font": {Action.FILE_UPLOADED},
    "screens/ending/__init__ show_archiving": {Action.EVENT_ARCHIVED, Action.EVENT_BROUGHT_BACK},
    "screens/ending/__init__ show_deleting": {
        *(Action.DEFAULT_EVENT_CHOSEN, Action.EVENT_DELETED),
    },
    "screens/ending/__init__ show_keeping": {Action.EXPORTED},
    "screens/events/__init__ _show_making": {
        *(Action.EVENT_CREATED, Action.ORGANIZATION_CHANGED, Action.SETTINGS_CHANGED),
    },
    "screens/events/__init__ _welcome": {
        *(Action.DESIGN_CHANGED, Action.EVENT_CREATED, Action.LIST_ADDED, Action.QUEUED),
        Action.ORGANIZATION_CHANGED,
    },
    "screens/events/__init__ _show_copying": {
        *(Action.EVENT_COPIED, Action.EVENT_CREATED, Action.INVITATION_MADE),
    },
    "screens/credentials/__init__ _owner_button": {
        Action.ISSUER_CHANGED,
        Action.ISSUER_KEY_CHANGED,
    },
    "screens/mailbox/__init__ _show_mailbox": {Action.MAILBOX_SEEN},
    "screens/volunteers/names _show": {Action.VOLUNTEER_CHANGED},
    "screens/volunteers/names show_saying": {Action.SETTINGS_CHANGED},
    "screens/account/trial show_check": {Action.GONE_LIVE, Action.TAKEN_BACK},
    "screens/account/__init__ _offer_accounts": {Action.ACCOUNT_CHANGED, Action.GONE_LIVE},
    "screens/account/__init__ _account_form": {Action.ACCOUNT_CHANGED},
    "screens/account/own _form": {Action.ACCOUNT_CHANGED, Action.EVENT_CREATED},
    "screens/account/__init__ _offer_to_forget": {Action.ACCOUNT_FORGOTTEN},
    "screens/organization/__init__ _show_privacy": {Action.PRIVACY_CHANGED},
    "screens/account/returned_mail/__init__ show": {Action.ACCOUNT_CHANGED},
    "screens/account/returned_mail/__init__ _form": {Action.ACCOUNT_CHANGED},
    "screens/account/returned_mail/__init__ _forgetting": {Action.ACCOUNT_CHANGED},
    "screens/account/returned_mail/relay _form": {Action.ACCOUNT_CHANGED},
    "screens/account/returned_mail/relay _show_address": {Action.ACCOUNT_CHANGED},
    "screens/account/ways show": {Action.MAIL_SIGNED_OUT},
    "screens/account/trial show_trial_mail": {Action.TEST_MAIL_SENT},
    "screens/settings/__init__ show_retention": {Action.RETENTION_CHANGED},
    "screens/settings/__init__ _show_days": {Action.SETTINGS_CHANGED},
    "screens/overview/__init__ offer_going_on": {Action.RESUMED},
    "screens/overview/__init__ _ways_back": {Action.DESIGN_CHANGED, Action.RESUMED},
    "screens/people/__init__ offer_new_token": {Action.TOKEN_RENEWED},
    "screens/people/__init__ offer_to_add": {Action.INVITATION_MADE, Action.KEY_CREATED},
    "screens/people/__init__ show_invited": {Action.INVITATION_WITHDRAWN},
    "screens/people/__init__ show_people": {Action.KEY_REVOKED},
    "screens/volunteers/bringing _store_button": {
        *(Action.LIST_ADDED, Action.LIST_UPDATED, Action.SETTINGS_CHANGED),
    },
    "screens/volunteers/bringing _offer_issuing": {Action.CERTIFICATES_ISSUED_ANEW},
    "screens/overview/__init__ _offer_list": {Action.LIST_UNDONE},
    "screens/volunteers/bringing _show_brought": {Action.LIST_UNDONE},
    "screens/volunteers/kinds offer_to_forget": {Action.COLUMN_FORGOTTEN},
    "screens/volunteers/kinds _columns_button": {Action.COLUMNS_CHANGED},
    "screens/volunteers/qualifying _offer_to_save": {Action.COLUMNS_CHANGED},
    "screens/volunteers/person _show_qualifying": {Action.VOLUNTEER_CHANGED},
    "screens/volunteers/kinds _save_values_button": {Action.VOLUNTEER_CHANGED},
    "screens/send/failures show_failures": {Action.RETRIED, Action.VOLUNTEER_CHANGED},
    "screens/send/failures _unsure_buttons": {Action.MARKED_AS_SENT, Action.RETRIED},
    "screens/send/__init__ show_event_page": {Action.PAGE_CLOSED, Action.PAGE_PUBLISHED},
    "screens/send/results _remind_button": {Action.QUEUED},
    "screens/send/looks _show_mail": {Action.TEST_MAIL_SENT},
    "screens/send/flight_check show": {Action.DESIGN_CHANGED},
    "screens/send/__init__ show_further_messages": {Action.QUEUED},
    "screens/send/__init__ _ask": {Action.BEGUN_FOR_REAL},
    "screens/send/__init__ ask_what_left": {Action.HOLD_ENDED},
    "screens/send/offer _send_button": {Action.QUEUED, Action.RELEASED, Action.RESUMED},
    "screens/send/offer _after_first_few": {Action.RELEASED},
    "screens/send/returned_mail show_unproven": {Action.REPORTS_JUDGED},
    "screens/send/live pause_or_resume": {Action.RESUMED, Action.STOPPED},
    "screens/send/live _offer_to_take_back": {Action.TAKEN_BACK},
    "screens/send/live release_held": {Action.RELEASED},
    "screens/sessions/__init__ show": {Action.SESSION_ENDED},
    "screens/volunteers/person offer_to_erase": {Action.ERASED},
    "screens/volunteers/person _ask_for_values": {Action.VOLUNTEER_CHANGED},
    "screens/volunteers/person _offer_another_name": {Action.CERTIFICATES_ISSUED_ANEW},
    "screens/volunteers/person show_issued": {
        Action.CERTIFICATES_WITHDRAWN,
        Action.WITHDRAWALS_UNDONE,
    },
    "screens/volunteers/people carry_out": {Action.VOLUNTEER_CHANGED},
    "screens/volunteers/many offer": {
        *(
            Action.CERTIFICATES_ISSUED_ANEW,
            Action.CERTIFICATES_WITHDRAWN,
            Action.RETRIED,
            Action.WITHDRAWALS_UNDONE,
        ),
    },
    "screens/volunteers/person _actions": {
        *(Action.LINK_COPIED, Action.QUEUED),
        *(Action.VOLUNTEER_CHANGED, Action.VOLUNTEER_REOPENED),
    },
    "screens/volunteers/person _offer_to_remove": {Action.VOLUNTEER_REMOVED},
    "screens/volunteers/person _file": {Action.EXPORTED},
    "screens/volunteers/person _record_on_paper": {Action.EXPORTED},
    "screens/wording/__init__ _edited": {Action.TEXTS_CHANGED},
    "screens/wording/__init__ decide": {Action.TEXTS_CHANGED},
    "signin/invited join": {
        *(Action.INVITATION_TAKEN, Action.KEY_CREATED, Action.INVITATION_REFUSED),
    },
    "signin/oidc take": {
        *(Action.IDENTITY_BOUND, Action.INVITATION_TAKEN, Action.KEY_CREATED),
        Action.SIGN_IN_REFUSED,
    },
    # That it is them, people show before an act, which is in the log.
    "signin/oidc _confirm": set(),
    "signin/session let_in": _SESSION,
    "signin/session let_out": _SESSION,
    "widgets/saving_fields _keep": {
        *(Action.ORGANIZATION_CHANGED, Action.PRIVACY_CHANGED, Action.SETTINGS_CHANGED),
        Action.TEXTS_CHANGED,
    },
    "widgets/confirming offer_to_remove": {Action.VOLUNTEER_REMOVED},
    "widgets/confirming offer_to_undo": {Action.LIST_UNDONE},
}


def storing_functions() -> Iterator[str]:
    """Every function under console/ that opens a transaction that writes."""
    for file in sorted(CONSOLE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _opens(node):
                yield f"{_name_of(file)} {node.name}"


def acts_of_what_runs() -> tuple[str, set[Action]] | None:
    """The innermost of them that this thread is in, and its acts; of a callback, those of the
    screen after which its button is named."""
    frame = sys._getframe()
    while frame := frame.f_back:
        file = frame.f_code.co_filename
        if file.startswith(str(CONSOLE)):
            place = f"{_name_of(Path(file))} {frame.f_code.co_name}"
            if place == _CALLBACK:
                key = frame.f_locals["self"].key
                screen = key.partition(".")[0]
                lines = [acts for of, acts in ACTS.items() if screen in of.split(" ")[0].split("/")]
                return key, set[Action]().union(*lines)
            if place in ACTS:
                return place, ACTS[place]
    return None


def _opens(function: ast.AST) -> bool:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func).rpartition(".")[2] in OPENERS for call in calls)


def _name_of(file: Path) -> str:
    return file.relative_to(CONSOLE).with_suffix("").as_posix()
