"""What is remembered comes back as it was, or not at all."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck import spread
from factcheck.memory import Memory, key_of

KEY, VALUE = key_of(b"a"), bytes(range(256)) * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".cache/memory.sqlite"


@pytest.fixture
def memory(file: Path) -> Iterator[Memory]:
    opened = Memory(file)
    yield opened
    opened.close()


def keep(file: Path, **values: bytes) -> None:
    memory = Memory(file)
    for name, value in values.items():
        memory[key_of(name.encode())] = value
    memory.close()


def test_what_was_kept_comes_back_in_a_later_run(file: Path, memory: Memory):
    keep(file, a=VALUE, b=b"")
    assert memory.get(KEY) == VALUE
    assert memory.get(key_of(b"b")) == b""
    assert memory.get(key_of(b"c")) is None


def test_what_is_kept_again_takes_the_place_of_the_former(file: Path, memory: Memory):
    keep(file, a=b"former")
    keep(file, a=VALUE)
    assert memory.get(KEY) == VALUE


def test_a_memory_that_was_asked_nothing_leaves_no_file(file: Path, memory: Memory):
    assert memory.get(KEY) is None
    memory.close()
    assert not file.parent.exists()


def test_no_two_lists_of_parts_have_one_key():
    parts = [(b"ab", b"c"), (b"a", b"bc"), (b"abc",), (b"abc", b""), (b"", b"abc"), ()]
    assert len({key_of(*some) for some in parts}) == len(parts)


@pytest.mark.parametrize(
    "change", ["value = x'00'", "value = null", "seal = 'a'", "value = substr(value, 9)"]
)
def test_a_value_that_was_changed_counts_as_forgotten(change: str, file: Path, memory: Memory):
    keep(file, a=VALUE, b=b"b")
    base = sqlite3.connect(file)
    base.execute(f"update kept set {change} where key = ?", (KEY,))
    base.commit()
    base.close()
    assert memory.get(KEY) is None
    assert memory.get(key_of(b"b")) == b"b"
    memory[KEY] = VALUE
    assert memory.get(KEY) == VALUE


SPOILS = {
    "cut in the middle": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "something else": lambda _: b"not a database " * 1000,
    "overwritten within": lambda raw: raw[:4096] + b"\xff" * 8192 + raw[12288:],
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoiled_file_is_begun_anew(spoil: str, file: Path, memory: Memory):
    keep(file, **{f"n{number}": VALUE for number in range(20)}, a=VALUE)
    file.write_bytes(SPOILS[spoil](file.read_bytes()))
    for name in (KEY, *(key_of(f"n{number}".encode()) for number in range(20))):
        assert memory.get(name) in (VALUE, None)
        memory[name] = VALUE
    memory.close()
    again = Memory(file)
    assert again.get(KEY) == VALUE
    again.close()


def test_a_file_of_another_form_is_begun_anew(file: Path, memory: Memory):
    file.parent.mkdir()
    base = sqlite3.connect(file)
    base.execute("create table kept (other)")
    base.close()
    assert memory.get(KEY) is None
    memory[KEY] = VALUE
    assert memory.get(KEY) == VALUE


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    memory = Memory(tmp_path / "file/memory.sqlite")
    memory[KEY] = VALUE
    assert memory.get(KEY) is None
    memory.close()


def test_a_memory_in_use_elsewhere_is_read_but_not_waited_for(file: Path):
    keep(file, a=VALUE)
    other = sqlite3.connect(file)
    other.execute("begin immediate")
    memory = Memory(file, patience=0)
    assert memory.get(KEY) == VALUE
    memory[KEY] = b"lost"
    memory.close()
    other.rollback()
    assert Memory(file).get(KEY) == VALUE


def test_what_is_oldest_is_forgotten_where_there_is_too_much(file: Path):
    memory = Memory(file, limit=300)
    for number in range(450):
        memory[key_of(b"%d" % number)] = b"x"
    memory.close()
    again = Memory(file)
    held = [number for number in range(450) if again.get(key_of(b"%d" % number))]
    assert held == list(range(200, 450))
    again.close()


def test_a_run_that_is_killed_loses_nothing(file: Path, memory: Memory):
    for number in range(250):
        memory[key_of(b"%d" % number)] = VALUE
    # The files as they lie on the disk before the run ends.
    beside = file.with_name("copy.sqlite")
    for end in ("", "-wal"):
        Path(f"{beside}{end}").write_bytes(Path(f"{file}{end}").read_bytes())
    copy = Memory(beside)
    assert [number for number in range(250) if copy.get(key_of(b"%d" % number)) != VALUE] == []
    copy.close()


def test_processes_keep_values_side_by_side(memory: Memory, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spread, "cores", lambda: 4)
    keys = [key_of(b"%d" % number) for number in range(400)]

    def keep_and_tell(key: bytes) -> int:
        memory[key] = VALUE
        return os.getpid()

    memory[KEY] = VALUE
    by = set()
    for number, (_, process) in enumerate(spread.spread(keep_and_tell, keys)):
        by.add(process)
        memory[key_of(b"own %d" % number)] = VALUE
    assert len(by) > 1
    assert {memory.get(key) == VALUE for key in keys} == {True}
    assert {memory.get(key_of(b"own %d" % number)) == VALUE for number in range(400)} == {True}
