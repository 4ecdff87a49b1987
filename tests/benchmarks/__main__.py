"""`make bench`: the figures that are promised, as ratios measured in one run.

A part alone: `python -m tests.benchmarks sending`.
"""

import sys

from tests.benchmarks import lists, rendering, sending
from tests.benchmarks.table import print_lines

PARTS = {
    "lists": ("Large lists", lists.measure),
    "rendering": ("Drawing", rendering.measure),
    "sending": ("Sending", sending.measure),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        title, measure = PARTS[name]
        print_lines(title, measure())
