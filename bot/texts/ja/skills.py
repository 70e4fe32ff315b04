"""What is said of skills: mistakes in a framework or catalogue, levels, roadmaps."""

from __future__ import annotations

from collections.abc import Sequence

SKILL, TIER, AREA, RESOURCE = "スキル", "区分", "分野", "学びかた"
NO_LEVEL = "未回答"
LEVELS_WANTED = "levels には、0、1、2、3、4 の5つの段階を、この順に1つずつ書いてください。"


def session_overfull(taken: int, seats: int) -> str:
    """More seats are given away than there are."""
    return f"申込み（taken）の{taken}人が、定員（seats）の{seats}人を超えています。どちらかを直してください。"


SESSION_BACKWARDS = "日程の終わりが始まりより前です。starts_at と ends_at を確かめてください。"


def anchors_wanted(skill: str, count: int) -> str:
    """Not exactly one anchor for each level."""
    return f"「{skill}」の anchors が {count} 個です。段階0から4まで、5つの文を書いてください。"


def target_beyond_check(skill: str, highest: int) -> str:
    """A target that a knowledge check cannot show."""
    return f"「{skill}」は○×で確かめるので、目標は {highest} までにしてください。"


def checks_twice(skill: str) -> str:
    """Two checks of one id."""
    return f"「{skill}」の checks に、同じ id が2つあります。別の id にしてください。"


def id_twice(kind: str, id_: str) -> str:
    """Two things of one id."""
    return f"{kind}の id「{id_}」が2か所にあります。どちらかを別の id にしてください。"


def unknown_area(skill: str, area: str) -> str:
    """A skill in an area that is not listed."""
    return f"「{skill}」の分野「{area}」が areas にありません。areas に足すか、area を直してください。"


def targets_differ(skill: str, tiers: Sequence[str]) -> str:
    """Targets missing, or for tiers that are not listed."""
    return f"「{skill}」の targets が区分と合いません（{'、'.join(tiers)}）。tiers にある区分すべてに、0から4の目標を書いてください。"


def unknown_requirement(skill: str, needed: str) -> str:
    """A prerequisite that is no skill."""
    return f"「{skill}」の requires にある「{needed}」というスキルがありません。id を確かめてください。"


def circular(names: Sequence[str]) -> str:
    """Prerequisites that need each other."""
    return f"前提が一回りしています（{' → '.join(names)}）。requires のどれかを外してください。"


def vanished(ids: Sequence[str]) -> str:
    """Skills of the last version that are gone without a word."""
    return (
        f"前の版のスキル（{'、'.join(ids)}）が見つかりません。名前を変えたなら新しいスキルの was に、"
        "やめたなら retired に、その id を書いてください。"
    )


def raise_downwards(skill: str, level: int, to: int) -> str:
    """A resource that raises nothing."""
    return f"{skill}: to（{to}）は from（{level}）より大きくしてください。"


def unknown_raise(title: str, skill: str) -> str:
    """A resource for a skill that the framework does not have."""
    return (
        f"「{title}」の raises にある「{skill}」というスキルが、枠組みにありません。id を確かめてください。"
    )


NO_TRAININGS = "受講の行がありません。見出しの下に、1行に1つずつ書いてください。"
TRAINING_NOTE = "申込みと日程の確認は、研修の案内をご覧ください。"


def unknown_person(person: str) -> str:
    """A 職員番号 that the directory does not have."""
    return f"職員番号「{person}」は職員の一覧にありません。番号を確かめるか、先に職員の一覧を取り込んでください。"


def in_the_future(day: str) -> str:
    """A training that has not been held yet."""
    return f"受講日「{day}」がこれからの日です。受講が済んだものだけを書いてください。"


CHECK = "技量の枠組みと学びかたの一覧（framework.yaml と catalogue.yaml のあるフォルダー）を点検します。"
IMPORT = "点検して問題がなければ、その枠組みと一覧を使い始めます。"
TRAININGS = "研修受講履歴（CSV か Excel。職員番号、研修名、受講日）を取り込みます。"
RESULTS = "公表した自己評価の集計を、部ごとに表示します。"
ROUND_OPTION = "回の id（省くと、いちばん新しいもの）"
JSON_OPTION = "JSON で出します。"
CHECKED = "{title} {version}: スキル {skills} 個、学びかた {resources} 件。問題は見つかりませんでした。"
IMPORTED = "版 {version} を使い始めました（{number} 回目の取り込み）。{told}"
TRAININGS_DONE = "{rows} 件を読み、新しい {new} 件を取り込みました。"
NOTHING_PUBLISHED = "公表された自己評価の回が見つかりません。dxbot survey list で回の状態を確かめてください。"
