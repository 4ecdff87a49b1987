"""`make bench`: the figures that are promised, as ratios measured in one run."""

from tests.benchmarks import lists
from tests.benchmarks.table import print_lines

print_lines("Large lists", lists.measure())
