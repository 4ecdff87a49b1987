"""Nobody takes more of what all share than the one table of budgets says."""

import pytest

from shared import budgets
from shared.budgets import Bound, Budget
from tests.support import budget_table
from tests.support.budget_table import BEGIN, END, SECURITY, Found


@pytest.fixture(scope="module")
def found() -> Found:
    return budget_table.found()


@pytest.mark.parametrize("side", ["api", "console"])
def test_every_route_has_a_budget_and_every_budget_leads_to_a_route(found: Found, side: str):
    assert len(found.routes[side]) > 25
    assert found.budgets[side] == found.routes[side]


def test_the_document_shows_the_table_that_the_program_asks(found: Found):
    """`python -m tests.support.budget_table` writes it anew."""
    shown = SECURITY.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    assert shown == found.table


def test_every_bound_belongs_to_a_budget():
    told = [bound for one in vars(budgets).values() if isinstance(one, Budget) for bound in one.all]
    bounds = [one for one in vars(budgets).values() if isinstance(one, Bound)]
    assert [bound for bound in bounds if bound not in told] == []
