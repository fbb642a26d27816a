"""The documentation as a site: `sphinx-build -q -W --keep-going -E -c docs . docs/_build`, in the repository.

The pages are the same files that a forge shows, and README.md and CHANGELOG.md lie beside docs/ here too, so
all links hold in both places. What a forge would show as clutter is added while a page is read: navigation,
out of the lists in docs/index.md and docs/index.vi.md, and the places that `<a id="…"></a>` names.
"""

import re
from pathlib import PurePosixPath

from sphinx.application import Sphinx

project = "rehabplan"
author = "The rehabplan developers"
language = "en"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/*.md"]
exclude_patterns = [".*", "docs/_build", "src", "tests", "benchmarks", "plans", "reports", "build", "dist"]
nitpicky = True

myst_heading_anchors = 4

html_theme = "furo"
html_title = "rehabplan"
html_theme_options = {
    # Fonts that the reader's system has, first those with every Vietnamese letter in one width; and a size at
    # which the 96 columns of the tutorials fit beside the navigation.
    "light_css_variables": {
        "font-stack--monospace": "'Cascadia Mono', Consolas, Menlo, 'Noto Sans Mono', monospace",
        "code-font-size": "var(--font-size--small--3)",
    },
}
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False

_INDEX = re.compile(r"docs/index(\.vi)?")
_PART = re.compile(r"^## (?P<heading>.+)\n(?P<text>(?:(?!## ).*\n?)*)", re.MULTILINE)
_PAGE = re.compile(r"^- \[[^]]+\]\((?P<page>[^)#]+)\.md\)", re.MULTILINE)
_PLACE = re.compile(r'^<a id="(?P<name>[\w-]+)"></a>$', re.MULTILINE)


def _read(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Add to a page what only a site needs."""
    source[0] = _PLACE.sub(r"(\g<name>)=", source[0])
    if _INDEX.fullmatch(docname):
        source[0] += "".join(_tree(part["heading"], part["text"]) for part in _PART.finditer(source[0]))


def _tree(heading: str, text: str) -> str:
    """Return the navigation for one part of an index, without a trace on the page itself."""
    pages = [f"/{_joined(page)}" for page in _PAGE.findall(text)]
    return "\n".join(["", "```{toctree}", ":hidden:", f":caption: {heading}", "", *pages, "```", ""])


def _joined(page: str) -> str:
    return page.removeprefix("../") if page.startswith("../") else str(PurePosixPath("docs", page))


def _named(_app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: object) -> None:
    """Say of the Vietnamese pages that they are, for browsers and screen readers."""
    if pagename.endswith(".vi"):
        context["language"] = "vi"


def setup(app: Sphinx) -> None:
    """Follow the reading and writing of pages."""
    app.connect("source-read", _read)
    app.connect("html-page-context", _named)
