"""`make bench`: the promised figures, as ratios measured in one run.

A single part: `python -m tests.benchmarks sending`; with other sizes: `visits=1000,100000`.
"""

from argparse import ArgumentParser

from tests.benchmarks import (
    bundles,
    comparing,
    fit,
    graph,
    growth,
    leaving,
    lists,
    rendering,
    returned_mail,
    sending,
    stories,
    visits,
)
from tests.benchmarks.table import print_lines

PARTS = {
    "bundles": ("All certificates at once", bundles.measure),
    "comparing": ("A list that is brought again", comparing.measure),
    "fit": ("Longest names on the certificate", fit.measure),
    "graph": ("Mails by Graph", graph.measure),
    "growth": ("A list that grows", growth.measure),
    "leaving": ("Mails that leave", leaving.measure),
    "lists": ("Large lists", lists.measure),
    "rendering": ("Drawing", rendering.measure),
    "returned": ("Mails that come back", returned_mail.measure),
    "sending": ("Sending", sending.measure),
    "stories": ("From an empty installation to the mailbox", stories.measure),
    "visits": ("Visits over HTTP", visits.measure),
}

if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("parts", nargs="*", metavar="PART[=SIZE,…]", help=f"of {', '.join(PARTS)}")
    for part in parser.parse_args().parts or PARTS:
        name, _, sizes = part.partition("=")
        if name not in PARTS:
            parser.error(f"there is no {name!r}; the parts are {', '.join(PARTS)}")
        title, measure = PARTS[name]
        print_lines(title, measure(*map(int, filter(None, sizes.split(",")))))
