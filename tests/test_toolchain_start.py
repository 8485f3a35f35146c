"""`manage.py start` and what it looks at first."""

import socket
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from cms.running import preflight


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80", "8000.0", "²"])
def test_a_port_that_is_none_is_named(text: str) -> None:
    with pytest.raises(CommandError, match=f"PORT={text}"):
        preflight.checked_port(text)


def test_a_port_is_read() -> None:
    assert preflight.checked_port("8001") == 8001


def test_a_taken_port_is_named_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken .* PORT={port + 1}"):
            preflight.check_address("127.0.0.1", port)


def test_a_free_port_is_fine_right_after_its_server_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    preflight.check_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_an_address_of_another_machine_is_named(host: str) -> None:
    with pytest.raises(CommandError, match=f"HOST={host} is not an address of this machine"):
        preflight.check_address(host, 8000)


def test_a_data_folder_is_made(tmp_path: Path) -> None:
    preflight.check_data_dir(tmp_path / "new" / "folder")
    assert list((tmp_path / "new" / "folder").iterdir()) == []


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=f"DATA_DIR={tmp_path / 'file'} can't be written to"):
        preflight.check_data_dir(tmp_path / "file")


@pytest.mark.django_db
def test_a_database_that_answers_is_fine() -> None:
    preflight.check_database()
