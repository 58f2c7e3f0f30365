"""Firefox as Debian packs it, driven by its own Marionette protocol: lengths and JSON over a socket, nothing more.

Every request that leaves the computer goes to a proxy here, which refuses it and writes down what was asked for.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_OF_THE_BROWSER = ("mozilla.com", "mozilla.org", "mozilla.net", "firefox.com")  # it asks its makers for settings
_PREFERENCES: dict[str, Any] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.allow_hijacking_localhost": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.page": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.region.network.url": "",
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "",
    "dom.push.connection.enabled": False,
}


class _Proxy:
    """Writes down the address that each request is for, and refuses it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self.socket.accept()
                with client, suppress(OSError):
                    client.settimeout(5)
                    self.asked.append(client.recv(4096).decode("latin-1").split(" ")[1])
                    client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Firefox:
    """A browser of its own with an empty profile in `folder`."""

    def __init__(self, folder: Path) -> None:
        path = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
        assert path, "Firefox saknas. Skriv: sudo apt install firefox-esr"
        self.proxy = _Proxy()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        own = {f"network.proxy.{kind}_port": self.proxy.port for kind in ("http", "ssl")} | {"marionette.port": port}
        folder.mkdir(parents=True)
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in (_PREFERENCES | own).items()]
        (folder / "user.js").write_text("".join(lines), "utf-8")
        self.process = subprocess.Popen(
            [path, "--marionette", "--headless", "--no-remote", "--profile", str(folder)],
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.number, self.received = 0, b""
        self.socket = self._connected(port)
        self._next()  # it greets first
        self.call("WebDriver:NewSession", capabilities={})

    def _connected(self, port: int) -> socket.socket:
        for _ in range(600):
            with suppress(OSError):
                return socket.create_connection(("127.0.0.1", port), timeout=120)
            time.sleep(0.1)
        self.process.kill()
        raise AssertionError("Firefox does not answer")

    def _next(self) -> Any:
        while b":" not in self.received:
            self._receive()
        length, _, self.received = self.received.partition(b":")
        while len(self.received) < int(length):
            self._receive()
        message, self.received = self.received[: int(length)], self.received[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        more = self.socket.recv(65536)
        assert more, "Firefox has hung up"
        self.received += more

    def call(self, command: str, **parameters: Any) -> Any:
        """The answer to a command of Marionette."""
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        kind, number, error, answer = self._next()
        assert (kind, number, error) == (1, self.number, None), (command, error)
        return answer

    def goto(self, url: str) -> None:
        self.call("WebDriver:Navigate", url=url)

    def script(self, body: str, *arguments: Any) -> Any:
        """What the body of a function gives in the page."""
        return self.call("WebDriver:ExecuteScript", script=body, args=arguments)["value"]

    def outside(self) -> list[str]:
        """What has been asked for outside this computer, but for what the browser asks its makers."""
        hosts = [address.removeprefix("http://").partition("/")[0].partition(":")[0] for address in self.proxy.asked]
        return [host for host in dict.fromkeys(hosts) if not host.endswith(_OF_THE_BROWSER)]

    def close(self) -> None:
        with suppress(OSError, AssertionError):
            self.call("Marionette:Quit", flags=["eForceQuit"])
        self.process.wait(60)
        self.socket.close()
        self.proxy.socket.close()
