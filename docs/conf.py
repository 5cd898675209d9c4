"""How the documentation is built: python -m sphinx -W docs FOLDER."""

project = "claimx"
author = "The claimx developers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
html_theme = "furo"
html_title = "claimx"
html_theme_options = {"navigation_with_keys": True}
html_copy_source = False
html_show_sourcelink = False
