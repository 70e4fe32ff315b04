"""A synthetic city to try the product with. Nobody in it exists."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.texts.ja import staff as texts
from staff.diff import StaffStores
from staff.model import Department, Person, Post, Role
from staff.store import AuditEvent

LEAST_STAFF = 6

# The 課 that the product's own content names, and invented ones around them.
_CITY = {
    "総務部": ("行政総務課", "職員課", "情報システム課", "行革内部統制推進室", "文書統計課", "契約検査課"),
    "企画部": ("デジタル推進室", "みらい企画課", "財政調整課", "広報みどり課"),
    "市民部": ("市民窓口課", "市民相談情報課", "くらし安全課", "地域つながり課", "しおかぜ市民センター"),
    "税務部": ("市民税課", "資産税課", "納税支援課"),
    "福祉部": ("福祉総合課", "長寿いきいき課", "障がい支援課", "生活援護課", "介護あんしん課"),
    "健康医療部": ("健康づくり課", "保険年金課", "地域医療課"),
    "こども部": ("こども政策課", "保育のびのび課", "子育て応援課", "放課後すくすく課"),
    "環境部": ("環境総務課", "資源めぐり課", "みどり保全課"),
    "経済部": ("産業にぎわい課", "観光なぎさ課", "農水産課", "労働雇用課"),
    "都市計画部": ("都市計画課", "建築指導課", "住まい課", "交通まちづくり課"),
    "土木部": ("道路維持課", "道路整備課", "公園課", "河川水路課"),
    "下水道部": ("下水道総務課", "下水道施設課"),
    "消防局": ("消防総務課", "予防課", "警防課", "指令課"),
    "教育部": ("教育総務課", "学務課", "教育指導課", "学校施設課", "生涯学習課", "文化スポーツ課"),
    "議会事務局": ("議事課",),
    "監査委員": ("監査事務局",),
}
# What a city of some thousands has besides: 91 more, 150 in all.
_MORE = {
    "総務部": ("庁舎管理課", "危機管理課", "人権平和課", "研修厚生課"),
    "企画部": ("公共施設課", "広域連携課", "基地対策課"),
    "市民部": ("戸籍住民課", "防犯交通課"),
    "税務部": ("収納管理課", "税制課"),
    "福祉部": ("福祉医療給付課", "地域包括ケア課", "指導監査課"),
    "健康医療部": ("保健予防課", "市民病院総務課", "市民病院看護課", "市民病院診療支援課"),
    "こども部": ("青少年課", "児童相談支援課"),
    "環境部": ("ゼロカーボン課", "環境保全課", "北部清掃事業所", "南部清掃事業所"),
    "経済部": ("企業誘致課", "商店街にぎわい課"),
    "都市計画部": ("開発業務課", "市街地整備課", "営繕課"),
    "土木部": ("用地課", "維持管理事務所", "街路樹課"),
    "下水道部": ("北部浄化センター", "南部浄化センター"),
    "消防局": ("救急救命課", "東消防署", "西消防署", "南消防署", "北消防署"),
    "教育部": ("学校給食課", "中央図書館", "北図書館", "南図書館"),
}
_AREAS = (
    "あおば",
    "うみべ",
    "おかのうえ",
    "かえで",
    "しらさぎ",
    "すみれ",
    "つばき",
    "ひばり",
    "まつかぜ",
    "みなと",
    "もみじ",
    "わかば",
)
_IN_EVERY_AREA = {"市民部": ("市民センター",), "こども部": ("保育園",), "教育部": ("公民館", "中学校事務室")}
_BIG_CITY = 2000
_SURNAMES = ("見本", "例示", "仮名", "架空", "模擬", "演習", "試作", "練習")
_GIVEN = (
    "花子",
    "太郎",
    "一郎",
    "桜",
    "健",
    "美咲",
    "翔太",
    "陽子",
    "実",
    "葵",
    "直樹",
    "恵",
    "誠",
    "結衣",
    "学",
    "泉",
)
_FIRST_SIX = (
    ("市民窓口課", Role.STAFF),
    ("市民窓口課", Role.LEADER),
    ("市民窓口課", Role.MANAGER),
    ("職員課", Role.HR),
    ("デジタル推進室", Role.OPERATOR),
    ("監査事務局", Role.AUDITOR),
)
_SPECIALISTS = {"職員課": Role.HR, "デジタル推進室": Role.OPERATOR}
_SPECIALISTS_SHARE = 0.3
_SECOND_POST_SHARE = 0.02


class RealPeoplePresent(Exception):
    """The directory holds real staff: synthetic ones are not mixed in. `count` is how many real people there are."""

    def __init__(self, count: int) -> None:
        super().__init__(texts.real_people_present(count))
        self.count = count


def synthetic_city(
    staff: int, seed: int, *, big: bool | None = None
) -> tuple[list[Department], list[Person]]:
    """Departments and `staff` people; the same numbers give the same city. `big`: 150 課 in the place of 59, as from 2,000 staff.

    The first six people hold one role each. Then every 課 gets its manager and its leader, then ordinary staff.
    Raises ValueError for fewer than six.
    """
    if staff < LEAST_STAFF:
        raise ValueError(texts.too_few_staff(LEAST_STAFF))
    departments = list(_departments(big=staff >= _BIG_CITY if big is None else big))
    chance = random.Random(seed)  # noqa: S311  a made-up city, not a secret
    sections = [department for department in departments if department.parent_id]
    people = [
        _person(number, section, role, sections, chance)
        for number, (section, role) in enumerate(_places(staff, sections, chance), 1)
    ]
    return departments, people


def load_city(
    stores: StaffStores, departments: Sequence[Department], people: Sequence[Person], actor: str, at: datetime
) -> None:
    """Put a synthetic city in the place of the one before, with an audit event, in one transaction.

    Raises RealPeoplePresent, with nothing changed, when the directory holds anybody real.
    """

    def work(inside: StaffStores) -> None:
        present = inside.directory.list_people()
        if real := sum(not person.synthetic for person in present):
            raise RealPeoplePresent(real)
        coming = {person.id for person in people}
        leavers = [person.id for person in present if person.id not in coming]
        inside.directory.save(departments, people, leavers)
        detail: dict[str, str | int] = {"people": len(people), "departments": len(departments)}
        inside.audit.append(
            AuditEvent(at=at, actor=actor, action="directory.demo", target="directory", detail=detail)
        )

    stores.transaction(work)


def _departments(*, big: bool) -> Iterator[Department]:
    for number, (division, sections) in enumerate(_CITY.items(), 1):
        parent = f"{number:02}00"
        yield Department(id=parent, name=division)
        for index, section in enumerate((*sections, *(_more(division) if big else ())), 1):
            yield Department(id=f"{number:02}{index:02}", name=section, parent_id=parent)


def _more(division: str) -> Iterator[str]:
    yield from _MORE.get(division, ())
    yield from (f"{area}{kind}" for kind in _IN_EVERY_AREA.get(division, ()) for area in _AREAS)


def _places(
    staff: int, sections: Sequence[Department], chance: random.Random
) -> Iterator[tuple[Department, Role]]:
    """Where each person works, in which role."""
    by_name = {section.name: section for section in sections}
    places = [(by_name[name], role) for name, role in _FIRST_SIX]
    places += [
        (section, role)
        for section in sections
        for role in (Role.MANAGER, Role.LEADER)
        if (section.name, role) not in _FIRST_SIX
    ]
    yield from places[:staff]
    weights = [chance.uniform(0.5, 2.0) for _ in sections]
    for section in chance.choices(sections, weights, k=max(0, staff - len(places))):
        special = _SPECIALISTS.get(section.name)
        yield section, special if special and chance.random() < _SPECIALISTS_SHARE else Role.STAFF


def _person(
    number: int, section: Department, role: Role, sections: Sequence[Department], chance: random.Random
) -> Person:
    posts = [Post(department_id=section.id, roles=frozenset({Role.STAFF, role}))]
    if number > LEAST_STAFF and chance.random() < _SECOND_POST_SHARE:
        other = chance.choice([found for found in sections if found.id != section.id])
        posts.append(Post(department_id=other.id))
    family, given = divmod(number - 1, len(_GIVEN))
    name = f"{_SURNAMES[family % len(_SURNAMES)]} {_GIVEN[given]}"
    turn = (number - 1) // (len(_GIVEN) * len(_SURNAMES)) + 1
    return Person(
        id=f"{number:06}",
        name=f"{name}{turn:02}",
        email=f"mihon{number:06}@example.lg.jp",
        posts=tuple(posts),
        synthetic=True,
    )
