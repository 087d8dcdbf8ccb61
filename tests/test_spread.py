"""Work on all cores: the same as on one, also where a process is lost."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from conftest import DRAWN, ROOT

from build import assemble
from factcheck import spread

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes for any work, whatever the machine has."""
    monkeypatch.setattr(spread, "LITTLE", 2)
    monkeypatch.setattr(spread, "cores", lambda: 2)


@pytest.mark.usefixtures("two")
def test_others_do_the_work_in_order():
    made = list(spread.spread(lambda key: (key * key, os.getpid()), range(1000)))
    assert [(key, value) for key, (value, _) in made] == [(key, key * key) for key in range(1000)]
    assert os.getpid() not in {process for _, (_, process) in made}


@pytest.mark.usefixtures("two")
def test_a_lost_process_loses_nothing():
    here = os.getpid()

    def make(key: int) -> int:
        if key == 500 and os.getpid() != here:
            os._exit(9)
        return -key

    assert list(spread.spread(make, range(1000))) == [(key, -key) for key in range(1000)]


@pytest.mark.usefixtures("two")
def test_a_fault_of_the_work_is_told():
    with pytest.raises(ZeroDivisionError):
        list(spread.spread(lambda key: 1 // (key - 7), range(1000)))


class Deadly:
    """What ends the process that hands it on."""

    def __reduce__(self) -> str:
        os._exit(9)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("little", [False, True])
def test_what_is_done_meanwhile_comes_part_by_part(little: bool):
    aside = spread.Aside([lambda of=of: [(of, os.getpid()) for _ in range(3)] for of in "ab"], little=little)
    told = [*aside.ended()]
    aside.stop()
    assert [of for of, _ in told] == [*"aaabbb"]
    assert (os.getpid() in {process for _, process in told}) is little


@pytest.mark.usefixtures("two")
def test_what_a_lost_process_did_not_hand_on_is_made_here():
    aside = spread.Aside([lambda: [os.getpid(), Deadly(), "last"], lambda: ["other"]])
    (first, deadly, *rest), here = aside.ended(), os.getpid()
    aside.stop()
    assert isinstance(deadly, Deadly)
    assert first != here
    assert rest == ["last", "other"]


def test_little_work_is_done_here():
    assert {process for _, process in spread.spread(lambda _: os.getpid(), range(20))} == {os.getpid()}


def test_one_core_or_two_make_the_same_site(monkeypatch: pytest.MonkeyPatch):
    """The real content has more pages than are little."""
    sites = []
    for cores in (1, 2):
        monkeypatch.setattr(spread, "cores", lambda cores=cores: cores)
        sites.append(assemble(ROOT, TODAY, memory=DRAWN))
    assert len(sites[0].files) > spread.LITTLE
    assert dict(sites[0].files) == dict(sites[1].files)
    assert sites[0].problems == sites[1].problems


def test_nobody_goes_on_when_the_one_who_asked_is_killed():
    """Else those who wait for work would wait forever, and keep a build's hold on its folder."""
    code = (
        "import time; from factcheck import spread; spread.cores = lambda: 2\n"
        "list(spread.spread(lambda key: print(key, flush=True) or time.sleep(60), range(1000)))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline()
    process.kill()
    process.communicate(timeout=20)  # ends when nobody is left who could write
