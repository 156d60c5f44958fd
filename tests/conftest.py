"""What holds for every test: no network, a home of its own, two threads, a picture backend without a screen."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "2",
    "MKL_NUM_THREADS": "2",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",  # of child processes
}
os.environ.update(SETTINGS)  # before any test module imports numpy or torch


class NetworkForbidden(RuntimeError):
    """A test tried to leave the machine."""


def is_local(address: Any) -> bool:
    """Whether a socket address stays on this machine: a unix path, or a loopback host."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class House:
    """A fixture for all tests, the doctests under src/ included (a conftest's own reach only its folder)."""

    @pytest.fixture(autouse=True)
    def no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Sockets reach loopback addresses and unix paths only."""
        for name in ("connect", "connect_ex"):
            monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        lookup = socket.getaddrinfo

        def local_only(host: Any, *rest: Any, **named: Any) -> Any:
            if host is not None and not is_local((host.decode() if isinstance(host, bytes) else host,)):
                raise NetworkForbidden(
                    f"tests must stay on this machine; a lookup of {host!r} was tried; use local data"
                )
            return lookup(host, *rest, **named)

        monkeypatch.setattr(socket, "getaddrinfo", local_only)


def guarded(connect: Any) -> Any:
    """`connect` of a socket, refusing addresses beyond this machine."""

    def local_only(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and not is_local(address):
            raise NetworkForbidden(f"tests must stay on this machine; {address!r} was called; use local data")
        return connect(self, address)

    return local_only


def pytest_configure(config: pytest.Config) -> None:
    """Hand the fixtures to every test of the session, and give it a home that is thrown away."""
    config.pluginmanager.register(House(), "naeum-house")
    home = tempfile.TemporaryDirectory(prefix="naeum-home-")
    config.add_cleanup(home.cleanup)
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    for name, folder in (("HOME", "."), ("XDG_CACHE_HOME", ".cache"), ("HF_HOME", ".cache/huggingface")):
        patch.setenv(name, str(Path(home.name, folder)))
    # The font cache of matplotlib alone is kept between sessions: making it takes seconds.
    patch.setenv("MPLCONFIGDIR", str(config.cache.mkdir("matplotlib") if config.cache else home.name))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def examples(root: Path) -> Path:
    """The real data that come with the project."""
    return root / "examples"


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Path:
    """The larger real data sets, for tests marked slow: $NAEUM_DATA, or ../shared/data beside the repository."""
    folder = Path(os.environ.get("NAEUM_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the data sets in $NAEUM_DATA; {folder} is not there")
    return folder
