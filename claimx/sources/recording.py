"""What was read, kept so that a claim can be proven later: WARC files (ISO 28500), which other tools read."""

from claimx.sources.raw import Answer, Raw


def record(folder: str, raw: Raw, answers: tuple[Answer, ...] = ()) -> None:
    """Add what was read to the WARC file of this process in `folder`: HTTP answers, redirects first, or a resource.

    Raises OutputError where the folder cannot be written.
    """
