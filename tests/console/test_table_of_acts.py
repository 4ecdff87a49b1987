"""No screen stores anything that the table of acts does not name; the log has what it names.

What runs in any test of the console is compared with the table as well (`tests.support.audited`).
"""

from console.app import HERE
from shared.storage.models import Action
from tests.support.acts_of_screens import ACTS, storing_functions

# Functions that open a transaction on behalf of any screen.
OPENED_FOR_OTHERS = {
    *("session writing", "session writing_anywhere"),
    *("design_changes change_button", "widgets/stored_fields save_button"),
    *("widgets/stored_fields show_overtaken", "widgets/stored_fields _save_button"),
    "widgets/stored_fields store_mine",
    *("design_changes change_design", "design_changes store_change"),
    *("widgets/pressed carried_out", "jobs acts_button", "widgets/address ask_for_address"),
    "widgets/stored_fields submit_button",
    "screens/volunteers/person _person_button",
    "widgets/confirming offer_to_confirm",
}
# What is done elsewhere: by volunteers, the worker, the owner's programs, or to be refused.
NOT_ON_A_SCREEN = {
    *(Action.OWNER_TOKEN_CHANGED, Action.SEALING_KEYS_ROTATED, Action.LOG_CUT),
    *(Action.MAILS_HELD, Action.RETENTION_DONE, Action.ERASED_BY_THEMSELVES, Action.LINK_SEEN),
    *(one for one in Action if one.value.endswith("_refused")),
}


def test_whatever_stores_something_has_a_line_in_the_table():
    # A feature may be taken out, and its screens with it.
    there = {place for place in ACTS if (HERE / place.split()[0]).with_suffix(".py").exists()}
    assert set(storing_functions()) - OPENED_FOR_OTHERS == there


def test_every_act_that_there_is_a_word_for_is_done_somewhere():
    assert {one for acts in ACTS.values() for one in acts} | NOT_ON_A_SCREEN == set(Action)
