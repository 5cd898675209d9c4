"""The exceptions of claimx.

    ClaimxError                 anything claimx refuses to do, with a message for people
    ├── SourceError             one source could not be turned into an article
    │   ├── SourceNotFound      no such file, host or page
    │   ├── SourceUnreadable    it is there, but is no text claimx can read (binary, empty, wrong type, not English)
    │   ├── FetchError          the network or the server said no
    │   ├── NotKept             what was read of it or found in it cannot be written where it should be kept
    │   ├── Unforeseen          claimx itself broke on it, which is a bug
    │   └── Abandoned           its analysis took too long, or ended the process that worked on it
    ├── ModelError              a language model is missing or unfit
    ├── RuleError               a rule pack is not valid
    ├── StoreError              a store cannot be opened, read or written
    ├── OutputError             a result could not be written
    └── BatchError              a batch cannot go on

Messages are one line: what is wrong and what to do about it.
"""


class ClaimxError(Exception):
    """Base of every error that claimx raises on purpose."""


class SourceError(ClaimxError):
    """One source could not be turned into an article; `source` is what the caller named."""

    def __init__(self, source: str, message: str) -> None:
        self.source = source
        self.message = message
        super().__init__(f"{source}: {message}")

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str]]:
        # the default rebuilds from the joined message alone, which breaks in worker processes
        return type(self), (self.source, self.message)


class SourceNotFound(SourceError):
    """No such file, host or page."""


class SourceUnreadable(SourceError):
    """The source exists but holds no English article text that claimx can read."""


class FetchError(SourceError):
    """The network failed or the server refused."""


class NotKept(SourceError):
    """What was read of the source or found in it cannot be written: its archive, store or file refuses it."""


class Unforeseen(SourceError):
    """claimx itself broke on the source, which is a bug."""


class Abandoned(SourceError):
    """The analysis of the source took too long, or ended the process that worked on it."""


class ModelError(ClaimxError):
    """A language model is missing, damaged or lacks a component."""


class RuleError(ClaimxError):
    """A rule pack is not valid TOML or breaks the schema."""


class StoreError(ClaimxError):
    """A store cannot be opened, read or written, or is none."""


class OutputError(ClaimxError):
    """A result could not be written."""


class BatchError(ClaimxError):
    """A batch cannot go on: what it runs on is missing, unfit or gone."""


def fault_of(source: str, done: str, error: Exception) -> SourceError:
    """Return what to say of whatever was raised when `source` was to be `done` (*read*, *written*, …).

    It costs this source and no other, so it has to be about this source.
    """
    if isinstance(error, SourceError):
        return error
    if isinstance(error, ClaimxError):
        return NotKept(source, str(error))
    return unforeseen(source, done, error)


def unforeseen(source: str, done: str, error: Exception) -> Unforeseen:
    """Return what to say of an `error` that claimx did not foresee when `source` was to be `done` (*read*, …)."""
    return Unforeseen(source, f"cannot be {done} ({type(error).__name__}: {error}); please report this")
