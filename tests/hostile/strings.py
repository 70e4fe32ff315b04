"""What somebody hostile types: mentions, markup, formulas, commands of templates, and text that hides or breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

MARK = "ダンプ"  # stands in every string, so that a reader can tell where it came out
SEEDS = (
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S012AB|@all>", "<@U012AB>", "<@W1|x>", "<#C012AB|general>",
    "<http://evil.example|市のサイト>", "<mailto:a@evil.example|a>", "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;",
    "<at>全員</at>", "<at id=\"0\">x</at>", "[市のサイト](https://evil.example)", "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))", "{{DATE(2026-11-24T00:00:00Z,SHORT)}}", "${$root.secret}", "**{{1+1}}**",
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>", "\"><script>alert(1)</script>", "' onfocus=alert(1) autofocus='", "<iframe src=//evil.example>",
    "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!--", "--><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<style>*{display:none}</style>",
    "<form action=//evil.example><button>", "<math><mtext></form><form><mglyph><svg><mtext><textarea>",
    "{{7*7}}", "{% raw %}", "{{ config }}", "{{ self.__init__ }}", "%s%n", "{0.__class__}",
    "=HYPERLINK(\"https://evil.example\",\"x\")", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "'; drop table people; --", "\" or 1=1 --", "\\", "\\u003cscript\\u003e", "%3Cscript%3E", "\x01<script>",
    "\u202e<tpircs>", "\u2066DX\u2069", "\u200b<!channel>", "<\u200b!channel>", "\ufeff", "😀" * 3,
    ":rage:", "*太字*", "_斜体_", "~取消~", "`code`", "```\n<!channel>\n```", "> 引用", "・" * 5,
    "../../etc/passwd", "\r\nSet-Cookie: a=b", "a" * 60, "ﷺ" * 5, "Ｚ̸̢̢̛̛̛͙͙͓͓͓",
)  # fmt: skip
_JOINTS = ("", " ", "\n", "　", "&", "<", ">", '"', "'", "|", "\u2060")


def hostile(count: int, seed: int = 1) -> Iterator[str]:
    """That many strings of at most about 150 characters, the same for the same seed: each seed alone, then mixed."""
    random = Random(seed)
    for number in range(count):
        if number < len(SEEDS):
            yield f"{SEEDS[number]}{MARK}{number}"
            continue
        parts = random.choices(SEEDS, k=random.randint(1, 3))
        joint = random.choice(_JOINTS)
        text = joint.join([*parts, f"{MARK}{number}"])
        yield text if random.random() < 0.8 else "".join(random.sample(text, len(text)))
