"""`build.py`, which draws no pictures for other sites: the rivals draw none.

python tests/benchmark/without_pictures.py build --root FOLDER
"""

import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent.parent)]

import build  # noqa: E402


def _none(*_: Any) -> tuple[()]:
    return ()


if not hasattr(build, "pictures"):
    sys.exit("build.py asks for its pictures in another way than without_pictures.py knows.")
build.pictures = _none  # type: ignore[assignment]

if __name__ == "__main__":
    sys.exit(build.main())
