"""S01 to S04: links, places, constructs and texts that are not safe."""

from __future__ import annotations

import pytest

from tests.authoring.builders import (
    Files,
    component,
    mail,
    page,
    project,
    rendition,
    settings,
    strings,
    text_part,
)
from tests.authoring.check.cases import failing, findings, judged, passing

SETTINGS, STRINGS = "assembler.yaml", "templates/strings.yaml"
SWEET, STORY = "components/title/sweet.md", "components/story/away.md"
LAYOUT, TEXT, RENDITION = (
    "templates/email/note.html.j2",
    "templates/email/note.text.j2",
    "templates/email/components/title.html.j2",
)
OUTSIDE = "which is not in policy.link_hosts"
UNSAFE = "S02 merge field 'first_name' stands where no value is safe"
UNQUOTED = "S02 merge field 'first_name' stands in a tag outside of quotes"


def linked(target: str) -> Files:
    """A story that links to `target` in Markdown, in both its languages: a link that they do not share is L03."""
    return component("story/away", f"Much is [new]({target}).", fr=f"Du [neuf]({target}).")


def in_both(start: int, message: str) -> list[str]:
    return [f"components/story/away.fr.md:1:{start + 3} {message}", f"{STORY}:5:{start + 7} {message}"]


def in_layout(html: str) -> Files:
    return mail(foot=html)


def in_rendition(html: str) -> Files:
    return rendition("email/title.html", body=html)


CASES: list[tuple[Files, list[str]]] = [
    # S01: links
    (linked("http://www.sample.example/in"), in_both(8, "S01 a link over http: 'http://www.sample.example/in'")),
    (linked("javascript:alert(1)"), in_both(8, "S01 a link over javascript: 'javascript:alert(1)'")),
    (linked("data:text/html,x"), in_both(8, "S01 a link over data: 'data:text/html,x'")),
    (linked("//evil.example/x"), in_both(8, "S01 the link '//evil.example/x' is not a whole address")),
    (linked("/sale"), in_both(8, "S01 the link '/sale' is not a whole address")),
    (linked("https://evil.example/x"), in_both(8, f"S01 a link to the host evil.example, {OUTSIDE}")),
    (
        linked("https://www.sample.example.evil.example/"),
        in_both(8, f"S01 a link to the host www.sample.example.evil.example, {OUTSIDE}"),
    ),
    (
        linked("https://www.sample.example:8080/"),
        in_both(8, f"S01 a link to the host www.sample.example:8080, {OUTSIDE}"),
    ),
    (linked("https://www.sample.example@evil.example/"), in_both(8, "S01 a link with a user name or password in it")),
    (linked("https:///x"), in_both(8, "S01 the link 'https:///x' has no host that can be read")),
    (
        component("title/sweet", "Sweets at http://evil.example/x."),
        [f"{SWEET}:6:11 S01 a link over http: 'http://evil.example/x'"],
    ),
    (
        component("story/plain", url="'http://www.sample.example/s?n={{ first_name | default: \"x\" }}'"),
        [
            "components/story/plain.md:4:7 S01 a link over http: "
            "'http://www.sample.example/s?n=qqqqqqqqqqqqqqqqqqqqqqqqqqq...'"
        ],
    ),
    (
        component(
            "story/plain",
            '[leave]({{ unsubscribe_url | default: "http://www.sample.example/u" }})',
            fr='[partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
        ),
        ["components/story/plain.md:6:9 S01 a link over http: 'http://www.sample.example/u'"],
    ),
    (
        mail(unsubscribe='{{ field("unsubscribe_url", default="https://evil.example/u") }}'),
        [f"{LAYOUT}:14:30 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (in_layout('<a href="/x">x</a>'), [f"{LAYOUT}:14:10 S01 the link '/x' is not a whole address"]),
    (
        in_layout('<a href="http://{{ brand.name }}/x">x</a>'),
        [f"{LAYOUT}:14:1 S01 the link 'http://Sample & Sons/x' holds a blank or a backslash"],
    ),
    (
        in_layout('<a href="https://evil.example/{{ locale }}">x</a>'),
        [f"{LAYOUT}:14:1 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('<img alt="" src="http://www.sample.example/a.png">'),
        [f"{LAYOUT}:14:18 S01 a link over http: 'http://www.sample.example/a.png'"],
    ),
    (
        in_layout('<form action="javascript:x()"></form>'),
        [f"{LAYOUT}:14:15 S01 a link over javascript: 'javascript:x()'"],
    ),
    (
        settings(brand={"shop": '"https://other.example"'}) | in_layout('<a href="{{ brand.shop }}/z">z</a>'),
        [f"{SETTINGS}:5:97 S01 a link to the host other.example, {OUTSIDE}"],
    ),
    (text_part(foot="http://x.example/ "), [f"{TEXT}:9:4 S01 a link over http: 'http://x.example/'"]),
    (
        strings(en={"leave": "'See http://x.example/a'"}),
        [f"{STRINGS}:1:13 S01 a link over http: 'http://x.example/a'"],
    ),
    (
        settings(assets={"base_url": '"http://cdn.sample.example/a"'}),
        [f"{SETTINGS}:6:20 S01 a link over http: 'http://cdn.sample.example/a'"],
    ),
    (
        settings(policy={"link_hosts": '["https://www.sample.example/"]'}),
        [f"{SETTINGS}:51:23 S01 'https://www.sample.example/' is no host"],
    ),
    (
        {"templates/email/head.css": "@import 'http://x.example/a.css';\n"},
        ["templates/email/head.css:1:1 S01 a link over http: 'http://x.example/a.css'"],
    ),
    (
        settings(assets={"base_url": '"mailto:a@sample.example"'}),
        [f"{SETTINGS}:6:20 S01 a link over mailto: 'mailto:a@sample.example'"],
    ),
    (
        settings(assets={"base_url": '"https://cdn.sample.example/?a="'}),
        [f"{SETTINGS}:6:20 S01 names of images cannot follow ? or #"],
    ),
    (
        settings(fields={"unsubscribe_url": {"example": '"tel:+441947000000"'}}),
        [f"{SETTINGS}:12:41 S01 an example that no value may be"],
    ),
    (
        settings(brand={"url": '""'}),
        [f"{SETTINGS}:5:35 S01 a link without an address"],
    ),
    (
        settings(brand={"url": '"https://www.sample.example/a b"'}),
        [f"{SETTINGS}:5:35 S01 the link 'https://www.sample.example/a b' holds a blank or a backslash"],
    ),
    (
        strings(en={"leave": "'javascript:x()'"}) | in_layout('<a href="{{ strings.leave }}">x</a>'),
        [
            f"{LAYOUT}:14:1 S01 the link 'Se désinscrire' holds a blank or a backslash",
            f"{STRINGS}:1:13 S01 a link over javascript: 'javascript:x()'",
        ],
    ),
    (
        in_layout('<a href="https://evil.example/" href="https://www.sample.example/">x</a>'),
        [f"{LAYOUT}:14:90 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('<a href="https://www.sample.example\n.evil/">x</a>'),
        [f"{LAYOUT}:14:1 S01 the link 'https://www.sample.example .evil/' holds a blank or a backslash"],
    ),
    (
        in_layout('<a href="https&colon;//evil.example">x</a>'),
        [f"{LAYOUT}:14:1 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout("<a/href=https://evil.example/>x</a>"),
        [f"{LAYOUT}:14:9 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('<img alt="" src="https://a.example/" srcset="https://a.example/b, http://b.example/c 2x">'),
        [f"{LAYOUT}:14:67 S01 a link over http: 'http://b.example/c'"],
    ),
    (
        in_layout('<button formaction="https://evil.example/">x</button>'),
        [f"{LAYOUT}:14:21 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('<meta http-equiv="Refresh" content="0; URL=\'https://evil.example/\'">'),
        [f"{LAYOUT}:14:45 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('<p style="background: url(http://evil.example/x.png)">x</p>'),
        [f"{LAYOUT}:14:27 S01 a link over http: 'http://evil.example/x.png'"],
    ),
    (
        in_layout('<!--[if mso]><a href="https://evil.example/">x</a><![endif]-->'),
        [f"{LAYOUT}:14:23 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout(
            '<script type="application/ld+json">{"url": "https://evil.example/", "@context": "https://a.example"}</script>'
        ),
        [f"{LAYOUT}:14:1 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (
        in_layout('{% set u = "java" ~ "script:x()" %}<a href="{{ u }}">x</a>'),
        [f"{LAYOUT}:14:36 S01 a link over javascript: 'javascript:x()'"],
    ),
    (
        text_part(foot="{{ 'https://evil.example/' }} "),
        [f"{TEXT}:9:8 S01 a link to the host evil.example, {OUTSIDE}"],
    ),
    (in_layout('<a href="">x</a>'), [f"{LAYOUT}:14:1 S01 a link without an address"]),
    (in_layout("<a href>x</a>"), [f"{LAYOUT}:14:1 S01 a link without an address"]),
    (
        in_layout('<a href="{{ slot("offer", part="text") }}">x</a>'),
        [
            f"{LAYOUT}:14:1 S01 a link without an address, where slot 'offer' holds nothing",
            f"{LAYOUT}:14:1 S01 slot 'offer' gives words where a link should stand",
        ],
    ),
    (
        rendition("email/story.html", if_url="{% if body %}"),
        ["templates/email/components/story.html.j2:1:165 S01 a link without an address"],
    ),
    (
        rendition("page/story.html", if_picture="{% if body %}"),
        ["templates/page/components/story.html.j2:1:24 S01 a link without an address"],
    ),
    (
        component("story/plain", url="'https://sämple.example/?n={{ first_name | default: \"x\" }}'"),
        [
            "components/story/plain.md:4:7 S01 the link "
            "'https://sämple.example/?n=qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq' has no host that can be read"
        ],
    ),
    (
        linked("https://www.sample.example/é&amp;b`c"),
        in_both(8, "S01 the link 'https://www.sample.example/é&b`c' holds `"),
    ),
    # S02: places
    (in_rendition("<b title={{ body }}>x</b>"), [f"{RENDITION}:1:56 {UNQUOTED}"]),
    (in_rendition("<b {{ body }}>x</b>"), [f"{RENDITION}:1:50 {UNQUOTED}"]),
    (in_rendition("<b onclick=\"x('{{ body }}')\">x</b>"), [f"{RENDITION}:1:62 {UNSAFE}"]),
    (in_rendition('<b style="color: {{ body }}">x</b>'), [f"{RENDITION}:1:64 {UNSAFE}"]),
    (in_rendition('<iframe srcdoc="{{ body }}"></iframe>'), [f"{RENDITION}:1:63 {UNSAFE}"]),
    (in_rendition("<script>{{ body }}</script>"), [f"{RENDITION}:1:55 {UNSAFE}"]),
    (in_rendition("<!-- {{ body }} -->"), [f"{RENDITION}:1:52 {UNSAFE}"]),
    (
        in_layout('<p style="{{ slot("title", part="subject") }}">x</p>'),
        [f"{LAYOUT}:14:20 S02 slot 'title' stands where no text is safe"],
    ),
    # S03: constructs
    (in_rendition("{{ body | safe }}"), [f"{RENDITION}:1:57 S03 the filter safe is not allowed in a template"]),
    (in_rendition("{{ body | attr('x') }}"), [f"{RENDITION}:1:57 S03 the filter attr is not allowed in a template"]),
    (
        in_rendition("{{ {'a': body} | xmlattr }}"),
        [f"{RENDITION}:1:64 S03 the filter xmlattr is not allowed in a template"],
    ),
    (
        in_rendition("{{ body | tojson }}"),
        [f"{RENDITION}:1:57 S03 tojson outside JSON-LD is not allowed in a template"],
    ),
    (in_rendition("{{ body.__class__ }}"), [f"{RENDITION}:1:55 S03 __class__ is not allowed in a template"]),
    (in_rendition("{{ body['__class__'] }}"), [f"{RENDITION}:1:56 S03 __class__ is not allowed in a template"]),
    (in_rendition("{{ body.upper() }}"), [f"{RENDITION}:1:55 S03 a call of .upper() is not allowed in a template"]),
    (in_rendition("{{ 9 ** 9 }}"), [f"{RENDITION}:1:52 S03 `**` is not allowed in a template"]),
    (
        in_rendition("{% autoescape false %}{{ body }}{% endautoescape %}"),
        [f"{RENDITION}:1:50 S03 `autoescape` is not allowed in a template"],
    ),
    (
        in_rendition("{% include '../assembler.yaml' %}"),
        [f"{RENDITION}:1:59 S03 no template '../assembler.yaml' below templates/"],
    ),
    (
        in_rendition("{% include body %}"),
        [f"{RENDITION}:1:1 S03 a template chosen at run time is not allowed in a template"],
    ),
    (
        mail(aside='{% set s = slot %}{{ s("aside") }}'),
        [f"{LAYOUT}:11:20 S03 'slot' without brackets, or as a name of one's own, is not allowed in a template"],
    ),
]


@failing(CASES)
def test_a_fault_is_found_where_it_stands_and_is_the_only_one_of_its_kind(
    code: str, files: Files, expected: list[str]
) -> None:
    own, errors = judged(files, code)
    assert own == expected
    assert {code for code in errors if code[0] in "RLAS"} == {code}


@passing(
    [
        ("S01", linked("https://WWW.sample.example/in#top")),
        ("S01", linked("mailto:help@other.example")),
        ("S01", linked("tel:+441947000000")),
        ("S01", linked("#top")),
        ("S01", linked("https://www.sample.example:443/in")),
        (
            "S01",
            settings(policy={"link_hosts": None}) | linked("https://any.example/"),
        ),
        (
            "S01",
            component("story/away", "Much is [new](/sale).", fr="Du [neuf](/sale).", channels=["page"]),
        ),
        ("S01", component("title/sweet", "Sweets: now/then, 3://4 and www.evil.example")),
        (
            "S01",
            in_layout(
                '<a href="{{ brand.url }}/z?a={{ locale }}">z</a>'
                '<a href="{{ brand.url }}{% if locale %}/b{% endif %}">b</a>'
            ),
        ),
        ("S01", in_layout('<!-- <a href="http://x.example"> --><i data-href="http://x.example"></i>')),
        ("S01", page(foot='<a href="/x">x</a>')),
        ("S01", text_part(foot="{{ brand.url }}/terms ")),
        ("S01", {"templates/email/head.css": "b { background: url(data:image/png;base64,AAAA) }\n"}),
        ("S01", linked("https://www.sample.example/l'été_(a)?b=[c]&amp;d")),
        ("S01", component("story/plain", url="'tel:+44{{ first_name | default: \"x\" }}'")),
        ("S01", settings(brand={"url": '"tel:+441947000000"'})),
        ("S01", settings(assets=None)),
        ("S01", in_layout('{% call(inner) slot("offer") %}<a href="{{ brand.url }}">{{ inner }}</a>{% endcall %}')),
        ("S01", in_layout('<script type="application/ld+json">{"url": {{ brand.url | tojson }}}</script>')),
        ("S01", in_layout('<img alt="" src="data:image/png;base64,AAAA" srcset="https://a.example/b">')),
        ("S01", in_layout('<link rel="stylesheet" href="https://fonts.example/a.css">')),
        ("S01", mail(unsubscribe='{{ field("unsubscribe_url", default="tel:+441947000000") }}')),
        ("S01", mail(unsubscribe='{{ field("unsubscribe_url", default="https://www.sample.example/l\'eau") }}')),
        ("S02", in_rendition("<b title=\"{{ body }}\" aria-label='{{ body }}'>{{ body }}</b>")),
        (
            "S02",
            in_rendition('<script type="application/ld+json">{"a": "{{ body }}"}</script><b>{{ body }}</b>'),
        ),
        ("S02", in_rendition('<b class="{{ channel }}" style="top: 0">{{ body }}</b>')),
        (
            "S03",
            in_rendition(
                "{% set word = lead | default('x') | upper %}{% if word is defined %}<b>{{ body }}</b>{% endif %}"
            ),
        ),
        ("S03", in_layout('<script type="application/ld+json">{"a": {{ brand.name | tojson }}}</script>')),
        (
            "S03",
            mail(address='{% from "email/_m.j2" import foot %}{{ foot(address) }}')
            | {"templates/email/_m.j2": "{% macro foot(words) %}{{ words }}{% endmacro %}"},
        ),
    ],
)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []


# Secrets are put together here, so that no scanner takes this file for a leak.
SECRETS = [
    ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
    ("-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "a private key"),
    ("AKIA" + "J4T7QZ2LM8WX3BNC", "an AWS access key"),
    ("ghp_" + "a1B2" * 9, "a GitHub token"),
    ("github_pat_" + "a1B2_" * 8, "a GitHub token"),
    ("glpat-" + "a1B2" * 5, "a GitLab token"),
    ("xoxb-" + "123456789012-abcdef", "a Slack token"),
    ("hooks.slack.com/services/" + "T01/B02/" + "a1B2" * 6, "a Slack token"),
    ("sk_live_" + "a1B2" * 6, "a Stripe key"),
    ("AIza" + "Sy0_-" * 7, "a Google key"),
    ("SG." + "a1B2_-" * 3 + "a1B2." + "a1B2_-" * 7 + "a", "a SendGrid key"),
    ("0123456789abcdef" * 2 + "-us14", "a Mailchimp key"),
    ("npm_" + "a1B2" * 9, "an npm token"),
    ("sk-ant-" + "a1B2" * 9, "an API key"),
    ("eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w", "a JSON web token"),
    ("postgres://shop:" + "hunter2@db.example/x", "a password in an address"),
    ("pass" + "word: hV7-kq2-Zp9", "a value of 'password'"),
    ("pass" + "word: summer2027", "a value of 'password'"),
    ("pass" + "word: correct-horse-7-battery", "a value of 'password'"),
    ("pass" + "word: 42-correct-horse-battery", "a value of 'password'"),
    ("SMTP_API" + '_KEY = "8f14e45fceea167a"', "a value of 'SMTP_API_KEY'"),
]


@pytest.mark.parametrize(("secret", "kind"), SECRETS, ids=[f"S04 fails: {kind}" for _, kind in SECRETS])
def test_what_looks_like_a_secret_is_found_anywhere_and_not_repeated(secret: str, kind: str) -> None:
    column = {"a value of 'password'": 11, "a value of 'SMTP_API_KEY'": 17}.get(kind, 1)
    message = f"S04 text that looks like {kind}"
    files: Files = {
        SETTINGS: f"# {secret}\n{project()[SETTINGS]!s}",
        "assets/notes.txt": f"\n{secret}\n",
        **component("title/sweet", secret),
    }
    assert findings(files, "S04") == [
        f"{SETTINGS}:1:{column + 2} {message}",
        f"assets/notes.txt:2:{column} {message}",
        f"{SWEET}:6:{column} {message}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Your password: 8 characters or more",
        "Choose a new password: something long and dull",
        "password: correct-horse-battery",
        "password: choose12letters",
        "Password: minimum8characters",
        "Our secret: 24-hour-proofing.",
        "Our secret: top-10-tips for dough",
        "Password: 2-step-verification is on",
        "api_key: your_key_1234",
        'secret: {{ first_name | default: "friend123" }}',
        "Code WELCOME2026 and voucher AKIA2026",
        "The secret: 100% wool, spun twice",
        "sk-in care, and skin_live_longer",
        "https://www.sample.example/reset?token=abc123def456",
        "-----BEGIN PUBLIC KEY-----",
        "eyJhbGciOiJIUzI1NiJ9 is half a token",
        "0123456789abcdef0123456789abcdef",
    ],
    ids="S04 passes: {}".format,
)
def test_words_about_secrets_are_none(text: str) -> None:
    assert findings({"assets/notes.txt": text}, "S04") == []
