"""Set-up of all tests: a neutral environment, and tests that are coroutines."""

from __future__ import annotations

import asyncio
import inspect
import os
import shutil

import pytest
from hypothesis import settings

# Textual reads both when it is imported, and either would change what the screens look like.
for _leak in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(_leak, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"

import idle_app  # noqa: E402  it reads them
import new_files  # noqa: E402

idle_app.take_the_place_of_the_toolkits()
new_files.copy_them()

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
