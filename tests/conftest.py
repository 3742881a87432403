"""Set-up of all tests: a neutral environment, and tests that are coroutines."""

from __future__ import annotations

import asyncio
import inspect
import os
import shutil
import sys

import pytest
from hypothesis import settings

# Whatever the surroundings say of files of bytecode: what tests run is compiled once, not again in each of
# the hundreds of processes that they start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Textual reads both when it is imported, and either would change what the screens look like.
for _leak in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(_leak, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"

import idle_app  # noqa: E402  it reads them
import new_files  # noqa: E402
import seconds_of_tests  # noqa: E402

from onewindow import garbage  # noqa: E402

idle_app.take_the_place_of_the_toolkits()
new_files.copy_them()
garbage.expect_start()

# The files of tests are worth nothing after a power cut, so none need wait for a disk, where memory is ample.
_MEMORY = "/dev/shm"  # noqa: S108  what pytest makes there is its user's alone
_AMPLE_BYTES = 4 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _AMPLE_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)

# A slow machine is no fault of the code; and what a build server tries must be what anybody can try again.
settings.register_profile("everywhere", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True)
settings.load_profile("server" if "CI" in os.environ else "everywhere")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function in its own event loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


def pytest_collection_finish() -> None:
    """Take what was collected for lasting, as the program does its start: looks for garbage walk less."""
    garbage.settle_memory()


def pytest_xdist_auto_num_workers() -> int:
    """Three workers on two processors: one waits for a window or another process most of the time."""
    return max(2, len(os.sched_getaffinity(0)) * 3 // 2) if hasattr(os, "sched_getaffinity") else 2


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how long each file takes: `nearest_tests` chooses by it."""
    seconds_of_tests.take(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep it where the tests were told out, not in each worker, and only of files that ran whole."""
    arguments, options = session.config.args, session.config.option
    is_part = options.keyword or session.testsfailed or any("::" in argument for argument in arguments)
    if "PYTEST_XDIST_WORKER" not in os.environ and not is_part:
        seconds_of_tests.keep(session.config.rootpath)
