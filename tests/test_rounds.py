"""A round of all sources, as an editor and the workflow meet it."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import misbehaving
import pytest
import yaml
from conftest import ROOT
from misbehaving import reset
from pydantic import TypeAdapter
from sources import Desk, allow, asked, desk, names, no_other_loop, server  # noqa: F401  (fixtures)

from factcheck import bulletin, rounds
from factcheck.asking import Asker
from factcheck.memory import Memory
from factcheck.rounds import Way, standing_of
from factcheck.standing import Standing


def test_where_all_is_well_nothing_is_to_do(desk: Desk):
    code, out, err = desk.run()
    assert (code, err) == (0, "")
    assert out.startswith("# Sources on 2026-11-26\n\n")
    assert "##" not in out
    asked_for = {f"{one.host}{one.target}" for one in desk.server.asked}
    assert {"example.org/council/minutes", "archive.example.net/2024/survey", "example.net/svar"} <= asked_for
    assert len(asked_for) == len(desk.server.asked)


def test_the_report_tells_each_place_and_what_is_to_be_done(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("404 Not Found")
    desk.server.ways["/post/gates-shut"] = lambda one: one.say("403 No")
    code, out, _ = desk.run("--report", desk.root / "links.md", "--report", desk.root / "links.json")
    assert code == 1
    address = f"http://example.com:{desk.server.port}/post/boat"
    line = (desk.root / "content/documents/council-reply/ferry-ordered.yaml").read_text().split("\n")
    number = next(at for at, text in enumerate(line, 1) if "/post/boat" in text)
    place = f"content/documents/council-reply/ferry-ordered.yaml:{number}:10"
    told = f"- `{address}`: it answers 404\n  - `{place}`\n"
    assert f"## Gone (1)\n\nGive the snapshot, or another source.\n\n{told}" in out
    assert "## Closed to programs (1)\n" in out
    assert (desk.root / "links.md").read_text() == out
    data = json.loads((desk.root / "links.json").read_text())
    first = data["addresses"][0]
    assert (first["address"], first["state"], first["status"]) == (address, "gone", 404)
    assert first["places"][0]["line"] == number


def test_what_only_programs_are_refused_asks_for_nobody(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("403 No")
    assert desk.run()[0] == 0


def test_nothing_in_the_report_is_markdown_but_what_is_ours(desk: Desk):
    path = desk.root / "content/documents/council-reply/ferry-ordered.yaml"
    path.write_text(path.read_text().replace("/post/boat", "/post/`<b>@all"))
    desk.server.ways["/post/%60%3Cb%3E@all"] = lambda one: one.say("404 Not Found")
    out = desk.run()[1]
    assert f"- `http://example.com:{desk.server.port}/post/%60<b>@all`: it answers 404\n" in out


def test_one_request_at_a_time_goes_to_a_host_and_none_without_a_pause(desk: Desk):
    desk.server.ways = misbehaving.Anywhere(desk.server.count)
    desk.run(way=Way(desk.names.manners(pause=3), desk.names.resolve, allow))
    assert desk.server.most == 1
    hosts = {one.host for one in desk.server.asked}
    assert len(hosts) > 2
    assert desk.names.slept == [3] * (len(desk.server.asked) - len(hosts))


def test_what_was_answered_is_remembered_for_a_while(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("404 Not Found")
    desk.run()
    number = len(desk.server.asked)
    desk.server.asked.clear()
    assert desk.run()[0] == 1
    assert desk.server.asked == []
    desk.run(day="2026-11-27")
    assert {one.path for one in desk.server.asked} == {"/post/boat"}
    desk.server.asked.clear()
    desk.run(day="2026-12-03")
    assert len(desk.server.asked) == number


def test_what_nobody_answered_is_asked_again(desk: Desk):
    desk.server.ways["/post/boat"] = reset
    assert desk.run()[0] == 1
    desk.server.ways["/post/boat"] = lambda one: one.page("Here")
    assert desk.run()[0] == 0


def test_a_round_that_was_stopped_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    real, done = standing_of, list[str]()

    async def stopping(asker: Asker, page: str) -> Standing:
        if len(done) >= 5:
            signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(60)
        found = await real(asker, page)
        done.append(page)
        return found

    monkeypatch.setattr(rounds, "standing_of", stopping)
    code, out, err = desk.run()
    assert (code, out) == (2, "")
    assert err == "Stopped. What was answered is remembered; run again to go on.\n"
    desk.server.asked.clear()
    monkeypatch.setattr(rounds, "standing_of", real)
    assert desk.run()[0] == 0
    again = {f"http://{one.headers['host']}{one.target}" for one in desk.server.asked}
    assert len(done) >= 5
    assert not again & set(done)


def test_each_answer_is_kept_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    learn, kept = rounds.Round.learn, list[bool]()

    def learning(told: rounds.Round, page: str, standing: Standing) -> None:
        learn(told, page, standing)
        with Memory(desk.root / ".cache/links.sqlite") as other:
            kept.append(rounds.kept_of(other, page) is not None)

    monkeypatch.setattr(rounds.Round, "learn", learning)
    desk.run()
    assert kept
    assert all(kept)


def test_where_the_first_hosts_are_all_silent_the_others_are_not_tried(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    async def offline(host: str, _port: int) -> Sequence[str]:
        tried.append(host)
        raise OSError("no way out")

    monkeypatch.setattr(rounds, "HOPELESS", 2)
    manners = desk.names.manners(hosts=1, waits=())
    assert desk.run(way=Way(manners, offline, allow))[0] == 2
    assert len(set(tried)) == 2


def test_a_spoiled_memory_is_begun_anew(desk: Desk):
    (desk.root / ".cache").mkdir(exist_ok=True)
    (desk.root / ".cache/links.sqlite").write_bytes(b"no data base")
    assert desk.run()[0] == 0


def test_without_a_network_the_round_is_not_made(desk: Desk):
    async def offline(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no way out")

    code, out, err = desk.run(way=Way(desk.names.manners(), offline, allow))
    assert (code, out) == (2, "")
    assert err == "Nobody answers. Is this machine connected to the network?\n"


def test_a_broken_card_or_a_missing_folder_stops_the_round(desk: Desk):
    code, out, err = desk.run("--report", desk.root / "none/links.md")
    assert (code, out) == (2, "")
    assert "none/links.md: there is no folder to write it in.\nNothing was asked.\n" in err
    (desk.root / "content/documents/open-letter/length.yaml").write_text("claim: [\n")
    code, out, err = desk.run()
    assert code == 2
    assert "length.yaml:" in err
    assert desk.server.asked == []


def test_the_published_shape_is_that_of_the_report(accept: bool):
    made = json.dumps(TypeAdapter(bulletin.Bulletin).json_schema(), indent=2, ensure_ascii=False) + "\n"
    path = ROOT / "docs/links.schema.json"
    if accept:
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made


# ----- the workflow

FLOWS = ROOT / ".github/workflows"
GH = """#!/bin/sh
echo "$@" >> told
case "$1 $2" in "issue list") cat number ;; esac
"""


@pytest.mark.parametrize(
    ("status", "number", "told"),
    [
        ("1", "", "issue create --title Sources that need a look --label sources --body-file body.md"),
        ("1", "7", "issue edit 7 --body-file body.md"),
        ("0", "7", "issue close 7 --comment Every source is where the cards say."),
        ("0", "", "issue list --state open --label sources --limit 1 --json number"),
    ],
)
def test_the_workflow_keeps_one_issue(status: str, number: str, told: str, tmp_path: Path):
    steps = yaml.safe_load((FLOWS / "links.yml").read_text())["jobs"]["ask"]["steps"]
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "number").write_text(number)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATUS": status}
    subprocess.run(["bash", "-e", "-c", steps[-1]["run"]], cwd=tmp_path, env=path, check=True)
    assert (tmp_path / "told").read_text().strip().split("\n")[-1].startswith(told)


@pytest.mark.parametrize(("code", "ends", "size"), [(0, 0, 10), (1, 0, 5_000), (2, 1, 0)])
def test_the_workflow_fails_only_where_no_round_was_made(code: int, ends: int, size: int, tmp_path: Path):
    steps = yaml.safe_load((FLOWS / "links.yml").read_text())["jobs"]["ask"]["steps"]
    run = next(step["run"] for step in steps if step.get("id") == "round")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    made = f"yes 'a source of the site' | head -n {size} > links.md" if size else "true"
    (tmp_path / ".venv/bin/python").write_text(f"#!/bin/sh\n{made}\nexit {code}\n")
    (tmp_path / ".venv/bin/python").chmod(0o755)
    files = {"GITHUB_OUTPUT": "out", "GITHUB_STEP_SUMMARY": "summary", "PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-e", "-c", run], cwd=tmp_path, env=files, check=False)
    assert done.returncode == ends
    if not ends:
        assert (tmp_path / "out").read_text() == f"status={code}\n"
        assert 0 < len((tmp_path / "body.md").read_text()) < 65_000


def test_the_workflow_uses_the_actions_that_the_others_use_and_may_no_more_than_it_needs():
    text = (FLOWS / "links.yml").read_text()
    known = (FLOWS / "check.yml").read_text() + (FLOWS / "publish.yml").read_text()
    for action in re.findall(r"uses: (\S+@[0-9a-f]{40} # \S+)", text):
        assert action in known
    assert text.count("uses: ") == len(re.findall(r"@[0-9a-f]{40} # ", text))
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {"contents": "read"}
    assert flow["jobs"]["ask"]["permissions"] == {"contents": "read", "issues": "write"}


def test_no_other_command_loads_what_reaches_the_network():
    said = "import sys, build; print({'httpcore2', 'anyio', 'idna'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
