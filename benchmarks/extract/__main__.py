"""Score what the program reads out of texts: python -m benchmarks.extract --data PATH.

The folder holds one folder for each data set, by the names below; those not there are left out.
"""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.extract.table import Row, print_table

# The folder of each data set, and the scorers of it, one file each.
_SETS = {
    "meantime": ("meantime_times", "meantime_people"),
    "wikiwars": ("wikiwars",),
    "semeval2015_task4": ("timelines",),
    "ner": ("ner",),
    "polnear_dev": ("polnear",),
    "scifact": ("scifact",),
    "wh_briefings": ("speed",),
}


def main() -> int:
    """Print the table of all data sets that are there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extract", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--only", action="append", help="a scorer by its name; may be repeated")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for name, scorers in _SETS.items():
        folder = chosen.data / name
        for scorer in scorers:
            wanted = chosen.only is None or scorer in chosen.only
            if wanted and folder.is_dir() and find_spec(f"benchmarks.extract.{scorer}"):
                rows.extend(import_module(f"benchmarks.extract.{scorer}").score(folder))
    print(print_table(rows))  # noqa: T201 (a table for whoever runs it)
    return 0


if __name__ == "__main__":
    sys.exit(main())
