"""Where a browser goes is where S01 thinks it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring.compile.links import link_fault
from tests.examples import examples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOST = "www.x.example"
STARTS = [f"https://{HOST}", f"https://{HOST}/", "https://", "https:", "/", "", "mailto:", "tel:+1", "?"]
PIECES = [
    "https:", "HTTPS:", "http:", "/", "//", "\\", HOST, "evil.example", "@", ":", "?", "#", ".", "%2e", "%2F", "%",
    "\t", "\n", " ", "\u00a0", "\u3000", "\uff0f", "\u3002", "\uff0e", "ｗ", "é", "ß", "xn--", "-", "_", "[", "]",
    "::1", "0x7f", "127.1", "443", "80", "data:", "javascript:", "mailto:", "blob:", "a", "\u200b", "\u00ad", "\u202e",
    "&", "'", '"', "<", ">", "`", "|", "^", "{", "}", "\x01", "\x7f", "\U0001f9ed", "%zz",
]  # fmt: skip
LINKS = st.builds(
    lambda start, rest: start + "".join(rest), st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=6)
)
READ = """links => links.map(link => {
    const anchor = document.getElementById("link");
    anchor.setAttribute("href", link);
    return [anchor.protocol, anchor.host, anchor.username];
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_content(f'<base href="https://{HOST}/folder/"><a id="link"></a>')
    return page


@given(links=st.lists(LINKS, min_size=200, max_size=400))
@settings(max_examples=examples(50))
def test_a_link_that_is_fine_leads_to_the_host_that_is_written(page: Page, links: list[str]) -> None:
    fine = [link for link in links if link_fault(link, (HOST,), relative=True) is None]
    for link, (protocol, host, user) in zip(fine, page.evaluate(READ, fine), strict=True):
        scheme = "https:" if link[0] in "/?#" else link[: link.index(":") + 1].lower()
        assert protocol == scheme
        assert scheme != "https:" or (host, user) == (HOST, "")
