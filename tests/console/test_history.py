"""What a tab has done can be undone and redone, and no step overwrites another's change."""

from console.screens.certificate.placement import changed
from console.screens.certificate.saving import History
from shared.rendering.layout import Layout, standard_layout

FIRST = standard_layout()


def sized(size: float) -> Layout:
    return changed(FIRST, "name", size=size)


def test_steps_lead_back_and_forth_again():
    history = History(1, FIRST)
    history.did(2, sized(0.1))
    history.did(3, sized(0.2))
    assert history.past == [FIRST, sized(0.1)]
    history.did(4, history.past[-1])
    assert (history.past, history.undone) == ([FIRST], [sized(0.2)])
    history.did(5, history.undone[-1])
    assert (history.past, history.undone) == ([FIRST, sized(0.1)], [])


def test_a_new_change_leaves_nothing_to_be_done_again():
    history = History(1, FIRST)
    history.did(2, sized(0.1))
    history.did(3, FIRST)
    history.did(4, sized(0.2))
    assert (history.past, history.undone) == ([FIRST], [])


def test_no_step_leads_back_over_what_another_saved():
    history = History(1, FIRST)
    history.did(2, sized(0.1))
    history.shows(2, sized(0.1))
    assert history.past == [FIRST]
    history.shows(3, sized(0.3))
    assert history.past == []


def test_own_changes_are_no_surprise_to_a_hand_that_is_quicker_than_their_answer():
    history = History(1, FIRST)
    history.did(2, sized(0.1))
    history.did(3, sized(0.2))
    assert history.seen_after(1) == 3
    history.shows(4, sized(0.3))
    assert history.seen_after(1) == 3
