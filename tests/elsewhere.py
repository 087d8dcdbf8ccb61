"""Runs build.py as on another machine: with a umask, so many cores, and folders in some order.

python tests/elsewhere.py UMASK CORES SEED COMMAND ...
"""

import os
import random
import sys
from functools import partial
from pathlib import Path

from shuffling import Shuffled

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build import main
from factcheck import spread

if __name__ == "__main__":
    umask, cores, seed = sys.argv[1:4]
    os.umask(int(umask, 8))
    spread.LITTLE, spread.cores = 20, lambda: int(cores)
    os.scandir = partial(Shuffled, os.scandir, random.Random(seed))  # type: ignore[assignment]
    sys.exit(main(sys.argv[4:]))
