"""Guides: what code editors, forms and readers of the documentation are told of the fields."""

from argparse import Namespace

from .forms import forms
from .library import read_library
from .manual import manual
from .output import write
from .schema import schemas, write_out
from .terminal import report


def run(options: Namespace) -> int:
    """Write .vscode/schema/, .pages.yml and docs/fields.md; return 1 where the content cannot be read."""
    library, problems = read_library(options.root)
    if library is None:
        report(problems)
        return 1
    known = {f"{name}.json": write_out(made) for name, made in schemas(library).items()}
    write(known, options.root / ".vscode/schema")
    (options.root / ".pages.yml").write_text(forms(library), "utf-8")
    (options.root / "docs").mkdir(exist_ok=True)
    (options.root / "docs/fields.md").write_text(manual(), "utf-8")
    print(f"{len(known)} schemas, .pages.yml and docs/fields.md in {options.root} are up to date.")
    return 0
