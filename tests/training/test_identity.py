"""Event identity: pairs, B³, the topics held out, and weights that only say what makes sense."""

import pytest
from compare.making import tanks  # type: ignore[import-not-found]
