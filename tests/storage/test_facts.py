"""Every column of a person is a fact of which a row knows all, or is none for a reason."""

import subprocess
import sys
from pathlib import Path

from shared.storage.facts import Hides
from shared.storage.models import Volunteer
from shared.storage.models.volunteer import FACTS, LEFT_OUT

ROOT = Path(__file__).parents[2]
NO_FACTS = {
    "id": "says which row it is",
    "event_id": "says whose list it is on",
    "token": "opens their page: nobody is told it, and beginning for real makes another",
    "listed_name": "the name by the list, which lists and organizers change",
    "given_name": "the name by themselves, which is asked for beside the list's",
    "email": "the address as it is written",
    "email_key": "the address as it is compared",
    "number": "their number on the list",
    "status": "how far they are, which mails move; traits compare it",
    "columns": "what else the list says",
    "secrets": "what else the list says, sealed; people see the masks",
    "stood": "what the list said where something else is stored",
    "stood_key": "the address that it had for them",
    "group_id": "follows from the columns",
    "problem": "what to look at now, which goes when it is solved; a trait of its own",
    "problem_text": "the same in words",
    "created_at": "is so of everybody",
}


def test_every_column_of_a_person_is_a_fact_or_none_for_a_reason():
    of_facts = [column.key for fact in FACTS for column in fact.columns]
    assert len(of_facts) == len({*of_facts})
    assert sorted([*of_facts, *NO_FACTS]) == sorted(
        column.key for column in Volunteer.__table__.columns
    )
    assert all(NO_FACTS.values())


def test_whoever_is_left_out_of_a_sending_is_named_in_its_offer():
    for fact in LEFT_OUT:
        assert fact.words.keys() == fact.crowds.keys()


def test_who_is_hidden_from_what_they_are_owed_is_asked_for_nothing():
    for fact in FACTS:
        assert Hides.MAILED not in fact.hides or {Hides.ASKED, Hides.NOTIFIED} <= {*fact.hides}


def test_a_fact_is_obeyed_everywhere_by_its_row_alone():
    """Added to the model by two lines, as `tests.support.toy_fact` does in a program of its own."""
    cases = "tests/support/obeyed_toy.py"
    run = [sys.executable, "-m", "pytest", "-q", "--one-database", "-p", "tests.support.toy_fact"]
    ended = subprocess.run([*run, cases], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout
