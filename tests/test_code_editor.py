"""The schemas in the language server that VS Code uses for YAML: offered, explained, flagged."""

import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from factcheck.library import read_library

SERVER = "yaml-language-server@1.25.0"  # the last that runs on the Node.js of Debian
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text())
CARD = "content/documents/geneva-talks/*.yaml"
ABLE = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
}


class Editor:
    """An editor with a folder open. Its files need not stand on the disk; their texts are given."""

    def __init__(self, command: list[str], folder: Path, settings: dict[str, Any]) -> None:
        self.folder, self.settings = folder, settings
        self.asked = self.opened = 0
        self.said: dict[str, list[dict]] = {}
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.patience = threading.Timer(120, self.server.kill)
        self.patience.daemon = True
        self.patience.start()
        home = folder.as_uri()
        folders = [{"uri": home, "name": folder.name}]
        self.ask("initialize", rootUri=home, workspaceFolders=folders, processId=None, capabilities=ABLE)
        self._send(method="initialized", params={})

    def close(self) -> None:
        self.patience.cancel()
        self.server.kill()
        self.server.communicate()

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send(id=self.asked, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]

    def open(self, name: str, text: str) -> str:
        """Open a text as a file and return its address; each `*` in its name makes it a new file."""
        self.opened += 1
        uri = (self.folder / name.replace("*", f"new-{self.opened}")).as_uri()
        self.said.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": self.opened, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def await_problems(self, uri: str) -> None:
        while not self.problems(uri):
            del self.said[uri]

    def problems(self, uri: str) -> list[str]:
        while uri not in self.said:
            self._receive()
        return [problem["message"] for problem in self.said[uri]]

    def at(self, method: str, name: str, text: str, mark: str = "|") -> Any:
        """Return the answer to a question about the place of the mark in a text."""
        before, _, after = text.partition(mark)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        uri = self.open(name, before + after)
        return self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=place)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while line := self.server.stdout.readline().strip():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else length
        assert length, "the language server gave up"
        message = json.loads(self.server.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.said[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["params"] else []
            self._send(
                id=message["id"], result=[self.settings.get(item.get("section")) for item in items] or None
            )
        return message


@pytest.fixture(scope="module")
def editor(npm: Callable[[str], Path]) -> Iterator[Editor]:
    """A code editor with this folder open, its settings, and the language server of VS Code's YAML."""
    program = npm(SERVER)
    yaml_settings = {
        key.removeprefix("yaml."): value for key, value in SETTINGS.items() if key[:5] == "yaml."
    }
    settings = {"yaml": {**yaml_settings, "schemaStore": {"enable": False}}}
    found = Editor(["node", str(program / "bin/yaml-language-server"), "--stdio"], ROOT, settings)
    found.await_problems(found.open(CARD, "misspelt: 1\n"))  # from now on it knows its settings
    yield found
    found.close()


def right_card() -> str:
    return (ROOT / "content/documents/geneva-talks/eight-hours.yaml").read_text()


def labels(answer: dict) -> list[str]:
    return [item["label"] for item in answer["items"]]


def test_a_misspelt_field_is_flagged_in_every_kind_of_file(editor):
    for folder in SETTINGS["yaml.schemas"].values():
        place = folder if isinstance(folder, str) else folder[0]
        uri = editor.open(place, "misspelt: 1\n")
        assert "Property misspelt is not allowed." in editor.problems(uri), place


def test_completion_offers_the_verdicts_of_this_site(editor):
    library, _ = read_library(ROOT)
    answer = editor.at("completion", CARD, "claim: A claim.\nverdict: |\n")
    verdicts = [verdict for verdict in library.verdicts.values() if verdict.of != "opinion"]
    assert labels(answer) == [verdict.id for verdict in verdicts]
    assert all(
        verdict.meaning in item["documentation"]
        for verdict, item in zip(verdicts, answer["items"], strict=True)
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("topics:\n  - |\n", "enlargement"), ("speaker: |\n", "dmitry-peskov"),
        ("settled_by: |\n", "inf-treaty-signed"), ("related:\n  - repeats: |\n", "vg-leader/inf-scope"),
        ("kind: |\n", "quotation"), ("sources:\n  - key: a\n    stance: |\n", "refutes"),
    ],
)  # fmt: skip
def test_completion_offers_what_can_be_chosen(editor, text, label):
    assert label in labels(editor.at("completion", CARD, text))


def test_completion_proposes_no_switches_for_text(editor):
    assert labels(editor.at("completion", CARD, "claim: |\n")) == []
    assert labels(editor.at("completion", CARD, "archived: |\n")) == []
    fields = {
        item["label"]: item["insertText"]
        for item in editor.at("completion", CARD, "kind: opinion\n|")["items"]
    }
    assert fields["claim"] == "claim: " and fields["checked"] == "checked: "


def test_hover_shows_the_help(editor):
    shown = editor.at("hover", CARD, "claim: A claim.\nver|dict: mixed\n")["contents"]["value"]
    assert "The verdict, an id from verdicts.yaml. An opinion has none." in shown
    assert "Part of it holds and part does not" in shown
    shown = editor.at("hover", CARD, "sources:\n  - ti|tle: no\n")["contents"]["value"]
    assert "Its title, in its own language." in shown


def test_nothing_right_is_flagged(editor):
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text() for path in (ROOT / "content").rglob("*.yaml")
    }
    opened = [editor.open(name, text) for name, text in texts.items()]
    assert {uri: editor.problems(uri) for uri in opened} == {uri: [] for uri in opened}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("claim", ("no", "12:30", "2022-01-27", "1989", "true", "1.50")),
        ("checked", ("2022", "2022-01", "2022-01-27")),
        ("by", ("no", "0x1F", "null-hypothesis")),
    ],
)
def test_words_dates_and_times_need_no_quotation_marks(editor, field, words):
    cards = [re.sub(rf"^{field}: .*", f"{field}: {word}", right_card(), flags=re.MULTILINE) for word in words]
    opened = [editor.open(CARD, card) for card in cards]
    assert [editor.problems(uri) for uri in opened] == [[] for _ in words]


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("verdict", "verdct: correct", "Property verdct is not allowed."),
        ("verdict", "verdict: corect", 'Value is not accepted. Valid values: "correct", "mostly-correct"'),
        ("checked", "checked: May 2022", "This is no date; write 2022, 2022-01 or 2022-01-27."),
        ("reason", f"reason: {'a' * 101}", "At most 100 characters fit."),
        ("by", "by:", 'Incorrect type. Expected "string".'),
        ("by", "by: [a, b]", 'Incorrect type. Expected "string".'),
    ],
)
def test_what_is_wrong_is_flagged_in_words(editor, field, wrong, said):
    card = re.sub(rf"^{field}: .*", wrong, right_card(), flags=re.MULTILINE)
    problems = editor.problems(editor.open(CARD, card))
    assert len(problems) == 1 and problems[0].startswith(said)
