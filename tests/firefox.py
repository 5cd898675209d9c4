"""Firefox, driven over its own remote protocol, Marionette: pages are opened, clicked and asked what is wrong.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html; commands are those of WebDriver.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FIREFOX = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)

_START = 180.0  # seconds that Firefox may take to start, on a busy machine
_ANSWER = 120.0  # and to answer
_NARROWEST = 500  # pixels of a window
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that WebDriver gives to references to elements
_SETTINGS = {
    "marionette.port": 0,  # any that is free; the profile says which
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
_MESSAGES = """
return Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(arguments[0]))
    .map((message) => message.errorMessage);
"""


class FirefoxError(Exception):
    """What Firefox says went wrong."""


class Firefox:
    """A Firefox without a window and with a profile of its own in a folder; a context manager, over when it ends."""

    def __init__(self, folder: Path, *, settings: dict[str, Any] | None = None) -> None:
        self._profile = folder
        self._number = 0
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _SETTINGS.items()]
        lines += [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in (settings or {}).items()]
        (folder / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert FIREFOX
        self._process = subprocess.Popen(
            [FIREFOX, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", folder],
            env=os.environ | {"MOZ_CRASHREPORTER_DISABLE": "1", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._socket = socket.create_connection(("127.0.0.1", self._port()), timeout=_ANSWER)
            self._file = self._socket.makefile("rb")
            self._read()  # who is there
            self._ask("WebDriver:NewSession", {})
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with suppress(AttributeError, OSError, FirefoxError):
            self._ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        with suppress(AttributeError, OSError):
            self._file.close()
            self._socket.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, address: str, *, width: int = 1280, height: int = 800) -> None:
        """Open a page in a view of a size.

        Windows of Firefox are 500 pixels wide at least: narrower, the page stands in a frame, to which all that is done
        and asked afterwards goes.
        """
        self._ask("WebDriver:SwitchToFrame", {"id": None})
        self._ask("WebDriver:Navigate", {"url": "about:blank"})
        outer = "return [window.outerWidth - window.innerWidth, window.outerHeight - window.innerHeight]"
        sides, bars = self.run(outer)
        self._ask("WebDriver:SetWindowRect", {"width": max(width, _NARROWEST) + sides, "height": height + bars})
        if width >= _NARROWEST:
            self._ask("WebDriver:Navigate", {"url": address})
            return
        holder = self._profile / "frame.html"  # a page of files may hold another
        style = f"position: fixed; inset: 0; width: {width}px; height: {height}px; border: 0"
        frame = f'<!DOCTYPE html><title>frame</title><iframe src="{escape(address)}" style="{style}"></iframe>'
        holder.write_text(frame, encoding="utf-8")
        self._ask("WebDriver:Navigate", {"url": holder.as_uri()})
        self._ask("WebDriver:SwitchToFrame", {"element": self._find("iframe")})

    def reload(self) -> None:
        self._ask("WebDriver:Refresh", {})

    def run(self, script: str, *arguments: object) -> Any:
        """Return what a function of this body returns in the page."""
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": arguments})["value"]

    def wait(self, condition: str, *arguments: object) -> None:
        """Wait until an expression holds in the page."""
        end = time.monotonic() + _ANSWER
        while not self.run(f"return Boolean({condition})", *arguments):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Click the first element, as a mouse would: what lies over it gets in the way."""
        self._ask("WebDriver:ElementClick", {"id": self._find(selector)})

    def type(self, selector: str, words: str) -> None:
        """Type words into an element; keys are written as WebDriver has them."""
        self._ask("WebDriver:ElementSendKeys", {"id": self._find(selector), "text": words})

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the elements that are shown, or would be where one scrolls there."""
        shown = "[...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())"
        found: list[str] = self.run(f"return {shown}.map((one) => one.textContent.trim())", selector)
        return found

    def complaints(self, address: str) -> list[str]:
        """Return all that Firefox found wrong with a page: errors, warnings, what its policy forbade."""
        self._ask("Marionette:SetContext", {"value": "chrome"})
        try:
            found: list[str] = self.run(_MESSAGES, address)
        finally:
            self._ask("Marionette:SetContext", {"value": "content"})
        return found

    def picture(self, *, whole: bool = False) -> bytes:
        """Return what is seen, or the whole page, as PNG."""
        taken: str = self._ask("WebDriver:TakeScreenshot", {"full": whole})["value"]
        return base64.b64decode(taken)

    def paper(self) -> bytes:
        """Return the page as it would be printed, as PDF."""
        printed: str = self._ask("WebDriver:Print", {"background": True})["value"]
        return base64.b64decode(printed)

    def _find(self, selector: str) -> str:
        found: str = self._ask("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"][_ELEMENT]
        return found

    def _port(self) -> int:
        end = time.monotonic() + _START
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError, ValueError):
                return int((self._profile / "MarionetteActivePort").read_text(encoding="ascii"))
            time.sleep(0.1)
        raise FirefoxError("Firefox does not start")

    def _ask(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise FirefoxError(f"{command}: {error['error']}: {error['message']}")
        return result if isinstance(result, dict) else {"value": result}

    def _read(self) -> Any:
        size = b""
        while (digit := self._file.read(1)) != b":":
            if not digit:
                raise FirefoxError("Firefox is gone")
            size += digit
        return json.loads(self._file.read(int(size)))
