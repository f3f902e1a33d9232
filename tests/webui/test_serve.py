"""The server does not wait for ever for someone who says nothing."""

import socket

import pytest

from webui.serve import mute_ends


def test_a_connection_that_stays_silent_in_its_headers_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        mute_ends(listening, 0.02)
        with socket.create_connection(listening.getsockname()) as phone:
            phone.sendall(b"POST /lapor HTTP/1.1\r\n")
            taken, _ = listening.accept()
            with taken:
                taken.setblocking(True)  # as gunicorn does before it reads the headers
                assert taken.recv(100)
                with pytest.raises(BlockingIOError):
                    taken.recv(100)
