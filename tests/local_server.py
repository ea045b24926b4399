"""A server of our own that breaks off, rests, lies and refuses."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTENT = bytes(range(256)) * 4096
_PIECE = 1 << 16


class Server(ThreadingHTTPServer):
    """Serves CONTENT; `breaks_after` bytes it hangs up, once; between pieces it `rests_s`."""

    breaks_after = 0
    rests_s = 0.0
    tells_sizes = True
    content = CONTENT
    etag = ""
    ranges: list[str]

    @property
    def address(self) -> str:
        """The base of all its files."""
        return f"http://127.0.0.1:{self.server_address[1]}/files"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path.endswith("nowhere.pth"):
            self.send_error(404)
            return
        wanted = self.headers.get("Range", "")
        self.server.ranges.append(wanted)
        first = int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
        self.send_response(206 if wanted else 200)
        rest = self.server.content[first:]
        self.send_header("Content-Length", str(len(rest)))
        if self.server.etag:
            self.send_header("X-Linked-ETag", f'"{self.server.etag}"')
        self.end_headers()
        breaks, self.server.breaks_after = self.server.breaks_after, 0
        sent = rest[:breaks] if breaks else rest
        for first in range(0, len(sent), _PIECE):
            try:
                self.wfile.write(sent[first : first + _PIECE])
            except ConnectionError:
                return
            time.sleep(self.server.rests_s)

    def do_HEAD(self) -> None:
        if not self.server.tells_sizes:
            self.send_error(405)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Keep the test's output quiet."""


@contextmanager
def serving() -> Iterator[Server]:
    """Serve until the block ends."""
    running = Server(("127.0.0.1", 0), Handler)
    running.ranges = []
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
