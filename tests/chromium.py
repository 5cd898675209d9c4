"""The Chromium or Chrome of the system, for tests and pictures of pages."""

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Its path, None where there is none."""
