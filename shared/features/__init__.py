"""The features that the core does not know: a folder and a line here for each, in the order in
which the core calls them. Without both, the rest works on (`make without FEATURE=backup`)."""

import pkgutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from shared.budgets import Budget
from shared.storage import hooks

if TYPE_CHECKING:
    from shared.events.installation import Installation

_NAMES = (
    "credentials",
    "backup",
    "domain_proof",
    "oidc",
    "returned_mail",
)


@dataclass(frozen=True)
class Screen:
    """A screen of the console: its function, its title, and the permission to see it, as `roles`
    calls it: most commands load no roles."""

    show: str
    title: str
    needed: str


@dataclass(frozen=True)
class Feature:
    """What a feature adds, as `FEATURE` of its folder. Functions and modules are named by their
    places in the folder, and loaded when they are asked for: most commands ask for none."""

    # `shared.storage.hooks.Hooks`: what it does when something happens in the core.
    hooks: str = ""
    # Its columns that are sealed, as `shared.storage.sealing.key_rotation.Sealed`, in the module of
    # its tables if it has any.
    sealed: str = ""
    # The commands of `certs`, and the module of each.
    commands: Mapping[str, str] = field(default_factory=dict)
    # Its groups of commands: the module of each, which has them as `app`, and their help.
    groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # A function of an installation that answers what each worker calls every few seconds.
    beat: str = ""
    # A function of the event that ends a worker, which answers what each worker does besides
    # sending, in a thread of the feature's own.
    chores: str = ""
    # Functions of an installation: what `certs doctor` says of the feature, and what it says if it
    # has time to ask others.
    checks: str = ""
    slow_checks: str = ""
    # Its addresses in front of the console, which need no sign-in, and the budget of each.
    in_front: Mapping[str, Budget] = field(default_factory=dict)
    # Its routers in `api`, and the budget of each of their paths.
    routers: Mapping[str, Mapping[str, Budget]] = field(default_factory=dict)
    # Its screens of no event, by their addresses: functions in `console`.
    screens: Mapping[str, Screen] = field(default_factory=dict)
    # By the name of a screen or of a part of one, what it shows of this feature: a function in
    # `console`.
    shown: Mapping[str, str] = field(default_factory=dict)


@cache
def _features() -> Mapping[str, Feature]:
    return {name: import_module(f"{__name__}.{name}").FEATURE for name in _NAMES}


def _given(attribute: str) -> Iterator[tuple[str, Any]]:
    """Yield the name of each feature that has something under this attribute, and that."""
    for name, feature in _features().items():
        if given := getattr(feature, attribute):
            yield name, given


def _part(name: str, place: str) -> Any:
    return pkgutil.resolve_name(f"{__name__}.{name}.{place}")


def _parts(attribute: str) -> list[Any]:
    """Return what features name under this attribute, loaded."""
    return [_part(name, place) for name, place in _given(attribute)]


def load() -> None:
    """Let the core call the features. Every process that changes what is stored does it first."""
    hooks.load(lambda: _parts("hooks"), _sealed)


@cache
def _sealed() -> Sequence[Any]:
    return [column for its in _parts("sealed") for column in its]


def commands() -> dict[str, str]:
    """Return the name of each command, and the module that has it, which is loaded when it is
    named."""
    return {
        command: f"{__name__}.{name}.{module}"
        for name, its in _given("commands")
        for command, module in its.items()
    }


def groups() -> dict[str, tuple[str, str]]:
    """Return the name of each group of commands, the module that has it, and its help."""
    return {
        group: (f"{__name__}.{name}.{module}", told)
        for name, its in _given("groups")
        for group, (module, told) in its.items()
    }


def beats(installation: "Installation") -> Sequence[Callable[[], object]]:
    """Return what one worker calls every few seconds, before it claims more mails."""
    return [begin(installation) for begin in _parts("beat")]


def chores(stop: threading.Event) -> Sequence[Mapping[str, Callable[["Installation"], object]]]:
    """Return what each worker does of each feature besides sending, until `stop` is set."""
    return [begin(stop) for begin in _parts("chores")]


def checks(*, quick: bool) -> Iterator[tuple[str, Callable[["Installation"], Iterator[Any]]]]:
    """Yield a feature's name and what `certs doctor` asks of it, in the order of the features."""
    for name, feature in _features().items():
        for place in filter(None, (feature.checks, "" if quick else feature.slow_checks)):
            yield name.replace("_", " "), _part(name, place)


def routers() -> Sequence[Any]:
    """Return the routers that features have in `api`."""
    return [pkgutil.resolve_name(place) for _, its in _given("routers") for place in its]


def routes() -> dict[str, Budget]:
    """Return the paths of those routers, and the budget of each."""
    routers = [of_one for _, its in _given("routers") for of_one in its.values()]
    return {path: budget for of_one in routers for path, budget in of_one.items()}


def in_front() -> dict[str, Budget]:
    """Return the addresses that features have in front of the console, and the budget of each."""
    return {path: budget for _, its in _given("in_front") for path, budget in its.items()}


@cache
def screens() -> Mapping[str, Screen]:
    """Return the screens of features, by their addresses."""
    return {path: screen for _, its in _given("screens") for path, screen in its.items()}


def shown(screen: str) -> Sequence[Callable[..., Any]]:
    """Return what this screen, or part of one, shows of features, in their order."""
    return [pkgutil.resolve_name(its[screen]) for _, its in _given("shown") if screen in its]
