"""What a screen of the console stores while it is drawn, where Streamlit may end it for whatever
its reader does next, and not in the callback of what was pressed or typed."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy.orm import Session
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.session_state import SessionState

import console
from shared.storage.database import Database

_CONSOLE = Path(console.__file__).parent
# Where Streamlit runs the script, and before that the callbacks.
_SCRIPT, _CALLBACKS = ScriptRunner._run_script.__code__, SessionState._call_callbacks.__code__
# Through what screens store, for the function that calls them.
_THROUGH = {"session", "design_changes"}

STORED_WHILE_DRAWN = {
    # That somebody is there or was refused, and what they have looked at.
    *("app main", "app run", "confirmation _ask", "screens/mailbox/__init__ _show_mailbox"),
    "screens/volunteers/person _show_history",
    # What was measured or grouped of a long list, which is shown.
    *("group_choice show_choice", "screens/certificate/__init__ _tell_small_names"),
    *("screens/send/__init__ _whom_it_would_reach", "screens/send/flight_check _answers"),
    *("screens/volunteers/names show_tight_names", "screens/volunteers/people count_groups"),
    "screens/volunteers/qualifying show",
    # Files that are brought, for which the gate holds who leaves.
    *("screens/certificate/gallery _use", "screens/certificate/placing _take_picture"),
    *("screens/certificate/template _take_font", "screens/certificate/template _take_template"),
    # A field whose callback was ended before it had read what was typed.
    "widgets/saving_fields _keep",
}


def note_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The functions of the console that have stored something while a screen was drawn: to be
    looked at when the test is over."""
    found: set[str] = set()
    writing = Database.writing

    def noted(database: Database, **by: object) -> AbstractContextManager[Session]:
        codes = [frame.f_code for frame in _frames(sys._getframe(1))]
        if _SCRIPT in codes and _CALLBACKS not in codes:
            own = (code for code in codes if _CONSOLE in Path(code.co_filename).parents)
            places = ((Path(one.co_filename), one.co_name) for one in own)
            named = ((path.relative_to(_CONSOLE).with_suffix(""), name) for path, name in places)
            found.add(next(f"{a} {b}" for a, b in named if a.as_posix() not in _THROUGH))
        return writing(database, **by)

    monkeypatch.setattr(Database, "writing", noted)
    return found


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame:
        yield frame
        frame = frame.f_back
