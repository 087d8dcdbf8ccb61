"""The house as docs/architecture.md describes it."""

import ast
import re

from conftest import ROOT

MODULES = sorted(path.stem for path in (ROOT / "factcheck").glob("*.py") if path.stem != "__init__")
OUTWARD = (
    "cards", "folder", "library", "proof", "renderer", "output", "preview", "server", "options", "terminal",
    "revisions", "saves", "mishaps", "memory", "drawing", "selection", "spread", "stamps",
    "recall", "again", "earlier", "lock", "published", "phrases", "compiler", "beginning", "verification",
    "progress", "intake", "filing", "reception", "insertion", "rounds",
)  # fmt: skip
TABLE = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs/architecture.md").read_text(), re.MULTILINE)


def imports(module: str) -> set[str]:
    """Return what a module imports: `.name` for its siblings, else the top of the package."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / f"factcheck/{module}.py").read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {f".{name}" for name in names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_the_table_names_every_module():
    assert sorted(TABLE) == MODULES


def test_imports_point_one_way():
    for place, module in enumerate(TABLE):
        siblings = {name[1:] for name in imports(module) if name.startswith(".")}
        assert siblings <= set(TABLE[:place]), f"{module} leans on what stands below it"


def test_nothing_but_the_entry_imports_by_the_package_name():
    assert [module for module in MODULES if "factcheck" in imports(module)] == []


def test_general_modules_know_nothing_of_fact_checking():
    subject = {".claim", ".content", ".library", ".catalogue", ".pages", ".rules", ".proof", ".evidence"}
    for module in (
        "problems",
        "dates",
        "fields",
        "faults",
        "cards",
        "audit",
        "output",
        "assets",
        "memory",
        "styles",
    ):
        assert not imports(module) & subject, module


def test_values_know_nothing_of_yaml_templates_or_disk():
    outside = {"yaml", "jinja2", "pathlib", "os", "tempfile", "subprocess", "time", "sqlite3", "typst", "PIL"}
    for module in MODULES:
        if module not in OUTWARD:
            assert not imports(module) & outside, module


def test_only_the_entry_asks_the_clock():
    for module in MODULES:
        text = (ROOT / f"factcheck/{module}.py").read_text()
        assert not re.search(r"\.(now|today|utcnow)\(|\btime\.time\(", text), module


def test_functions_fit_a_screen_and_files_a_sitting():
    for path in [ROOT / "build.py", *(ROOT / "factcheck").glob("*.py")]:
        text = path.read_text()
        assert text.count("\n") <= 300, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 45, f"{path.name}: {node.name} has {length} lines"
