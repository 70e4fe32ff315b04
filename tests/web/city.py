"""A small made-up city: one synthetic person for each role, one real person, and a few articles."""

from __future__ import annotations

from bot.services import Stores
from knowledge.article import Article, Kind, Layer, Passage, Source
from staff.model import Department, Person, Post, Role

DEPARTMENTS = (
    Department(id="D10", name="市民自治部"),
    Department(id="D11", name="市民窓口課", parent_id="D10"),
    Department(id="D20", name="総務部"),
    Department(id="D21", name="職員課", parent_id="D20"),
    Department(id="D22", name="デジタル推進室", parent_id="D20"),
)
EDITION = "令和9年4月 案"
DOCUMENT = "見本市DX推進計画(案)"


def _person(number: str, name: str, department: str, role: Role, *, synthetic: bool = True) -> Person:
    roles = frozenset({Role.STAFF, role})
    posts = (Post(department_id=department, roles=roles),)
    return Person(id=number, name=name, email=f"p{number}@city.example", posts=posts, synthetic=synthetic)


STAFF = _person("900001", "青葉 花", "D11", Role.STAFF)
LEADER = _person("900002", "若葉 健", "D11", Role.LEADER)
MANAGER = _person("900003", "松風 由美", "D11", Role.MANAGER)
HR = _person("900004", "磯辺 誠", "D21", Role.HR)
OPERATOR = _person("900005", "白浜 さくら", "D22", Role.OPERATOR)
REAL = _person("100001", "実在 太郎", "D11", Role.STAFF, synthetic=False)
SYNTHETIC = (STAFF, LEADER, MANAGER, HR, OPERATOR)


def _term(name: str, title: str, text: str, *aliases: str) -> Article:
    return Article(
        id=f"term:{name}",
        kind=Kind.TERM,
        layer=Layer.OFFICIAL,
        title=title,
        aliases=aliases,
        passages=(Passage(text=text),),
        source=Source(document=DOCUMENT, edition=EDITION, part="資料編", section="(1)", heading="用語"),
        owner="デジタル推進室",
    )


ARTICLES = (
    _term(
        "bpr",
        "BPR",
        "Business Process Re-engineeringの略。仕事の流れを根本から見直し、組み立て直すこと。",
        "業務改革",
    ),
    _term("rpa", "RPA", "Robotic Process Automationの略。決まった手順の端末操作をソフトウェアに任せること。"),
    _term(
        "markup",
        "<b>しるし</b>&言語",
        '文字の間に<script>alert("印")</script>のような印を入れる書き方のこと。',
        "しるし言語",
    ),
)


def settle(stores: Stores) -> None:
    """Move the city in."""
    stores.directory.save(DEPARTMENTS, (*SYNTHETIC, REAL), [])
    stores.articles.replace_source("見本", ARTICLES)
