"""Are tests really kept on this machine, with a home of their own?"""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest


def test_a_call_to_another_machine_is_refused() -> None:
    with socket.socket() as there, pytest.raises(RuntimeError, match="tests must stay on this machine"):
        there.connect(("192.0.2.1", 80))


def test_a_lookup_of_a_foreign_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"a lookup of 'example\.org' was tried"):
        socket.getaddrinfo("example.org", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_the_home_is_thrown_away() -> None:
    assert Path.home().name.startswith("naeum-home-")
    assert os.environ["HF_HOME"].startswith(str(Path.home()))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
