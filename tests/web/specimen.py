"""A handler that shows everything a Reply can hold, and a form that answers for its mistakes."""

from __future__ import annotations

from bot.charts.chart import Chart
from bot.messages import (
    Action,
    Choice,
    Form,
    FormField,
    Items,
    Paragraph,
    Quote,
    Reply,
    Request,
    SourceLine,
    Table,
)
from bot.services import Services

HOSTILE = "<img src=x onerror=alert(1)>\"'&</p>{{ 7*7 }}\u202eevil\u202c"


def show(request: Request, services: Services) -> Reply:
    """One of each part, with the person's name and what came in."""
    who = request.person.name if request.person else "だれでもない"
    return Reply(
        title="見本の返事",
        parts=(
            Paragraph(text=f"{who}\n値は{request.value}", label="やさしい説明"),
            Paragraph(text="小さな注記", tone="note"),
            Paragraph(text="気をつけること", tone="warning"),
            Quote(text="原文の一行目\n二行目", cite="見本市DX推進計画(案) 実行編(1)", label="原文・概要"),
            Items(items=("一つめ", "二つめ"), numbered=True),
            Items(items=("ならび",)),
            Table(
                caption="年度ごと",
                columns=("年度", "件数"),
                rows=(("令和9年度", "12"), ("令和10年度", "3,400")),
            ),
            Chart.of((("令和9年度", 12), ("令和10年度", 3400)), title="棒", unit="件", alt="12件から3,400件"),
            Chart.of((("4月", 10.5), ("5月", 40)), title="線", style="lines", unit="%", alt="増えている"),
            SourceLine(cite="見本市DX推進計画(案) 実行編(1)", edition="令和9年4月 案", heading="見出し"),
        ),
        actions=(
            Action(name="specimen", label="もっと読む", value="つぎ"),
            Action(name="help", label="使いかた"),
        ),
    )


def hostile(request: Request, services: Services) -> Reply:
    """Every text of a Reply made of what breaks careless pages."""
    field = FormField(id=HOSTILE, label=HOSTILE, hint=HOSTILE, error=HOSTILE, value=HOSTILE)
    choices = (Choice(value=HOSTILE, label=HOSTILE),)
    return Reply(
        title=HOSTILE,
        parts=(
            Paragraph(text=HOSTILE, label=HOSTILE),
            Quote(text=HOSTILE, cite=HOSTILE, label=HOSTILE),
            Items(items=(HOSTILE,)),
            Table(caption=HOSTILE, columns=(HOSTILE,), rows=((HOSTILE,),)),
            Chart.of(((HOSTILE, 1.0),), title=HOSTILE, unit=HOSTILE, alt=HOSTILE),
            Chart.of(((HOSTILE, 1.0),), title=HOSTILE, style="lines", unit=HOSTILE, alt=HOSTILE),
            SourceLine(cite=HOSTILE, edition=HOSTILE, heading=HOSTILE),
        ),
        actions=(Action(name=HOSTILE, label=HOSTILE, value=HOSTILE),),
        form=Form(
            name=HOSTILE,
            title=HOSTILE,
            intro=HOSTILE,
            value=HOSTILE,
            submit=HOSTILE,
            fields=(
                field,
                field.model_copy(update={"kind": "long_text"}),
                field.model_copy(update={"kind": "multi", "choices": choices}),
            ),
        ),
    )


def survey(request: Request, services: Services) -> Reply:
    """A form; once its name field is filled in, what was received."""
    if request.values.get("name"):
        said = " / ".join(f"{key}={request.values[key]}" for key in sorted(request.values))
        return Reply(title="受け付けました", parts=(Paragraph(text=said),))
    wrong = bool(request.values)
    return Reply(title="記入のお願い", form=_form(request, wrong=wrong))


def crash(request: Request, services: Services) -> Reply:
    """Fail as a handler with a defect does."""
    raise RuntimeError("a defect")


def _form(request: Request, *, wrong: bool) -> Form:
    error = "お名前を入力してください。" if wrong else ""
    tools = (Choice(value="chat", label="チャット"), Choice(value="meet", label="Web会議"))
    places = (Choice(value="home", label="自宅"), Choice(value="office", label="庁舎"))
    return Form(
        name="survey",
        title="働き方について",
        intro="答えは見本です。",
        value="round-1",
        submit="送信する",
        fields=(
            FormField(id="name", label="お名前", required=True, hint="姓と名", error=error),
            FormField(id="days", label="日数", kind="number", value="3"),
            FormField(id="from", label="開始日", kind="date", value="2027-04-01"),
            FormField(id="place", label="場所", kind="single", required=True, choices=places, value="home"),
            FormField(id="tools", label="道具", kind="multi", choices=tools, value=("chat", "meet")),
            FormField(id="voice", label="ご意見", kind="long_text", value="\n一行あけ"),
        ),
    )


def _choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=f"c{number}", label=label) for number, label in enumerate(labels, 1))


LEVELS = (
    Choice(value="0", label="0 未経験", hint="まだ使ったことがない"),
    Choice(value="1", label="1 知っている", hint="目的と用語を、ひととおり説明できる"),
    Choice(
        value="2",
        label="2 支援があればできる",
        hint="手順書を見たり人に聞いたりしながら、自分の課の業務で集計や図表の作成を一通り終えられ、結果の確かめかたも分かる",
    ),
    Choice(value="3", label="3 一人でできる", hint="手順書がなくても、期限までに一人で仕上げられる"),
    Choice(value="4", label="4 教えられる", hint="ほかの職員に教え、手順書を直せる"),
    Choice(value="x", label="答えたくない"),
)
PAGES: tuple[tuple[FormField, ...], ...] = (
    (
        FormField(
            id="days",
            label="この3か月のテレワーク実施日数（半日は0.5）",
            kind="number",
            required=True,
            minimum=0,
            maximum=66,
            step=0.5,
        ),
        FormField(
            id="tasks",
            label="担当業務のうち、テレワークでできるもの",
            kind="matrix",
            rows=_choices(
                "資料作成", "会議・打合せ", "決裁・文書", "データ入力・集計", "電話・窓口対応", "現地確認"
            ),
            choices=_choices("できる", "一部できる", "難しい", "該当しない"),
        ),
        FormField(
            id="why",
            label="テレワークしにくい理由",
            kind="multi",
            most=3,
            exclusive=("c13",),
            choices=_choices(
                "窓口・相談業務が中心",
                "現場業務が中心",
                "個人情報やマイナンバーを扱う",
                "紙の書類・押印",
                "端末・ライセンスが足りない",
                "ネットワークや通信環境",
                "セキュリティに不安",
                "上司や同僚に言い出しにくい",
                "電話が取れない",
                "制度や手続きがわからない",
                "自宅に作業場所がない",
                "その他",
                "特にない",
            ),
        ),
    ),
    (
        FormField(
            id="useful",
            label="テレワークは育児・介護等と仕事の両立にどの程度役立ちますか",
            kind="scale",
            exclusive=("c6", "c7"),
            choices=_choices(
                "役立たない",
                "あまり",
                "どちらともいえない",
                "やや",
                "役立つ",
                "当てはまらない",
                "答えたくない",
            ),
        ),
        FormField(id="level", label="表計算ソフトでの集計", kind="scale", choices=LEVELS),
        FormField(
            id="said",
            label="自由意見",
            kind="long_text",
            max_length=300,
            hint="氏名や病名など、個人がわかることは書かないでください。",
        ),
    ),
)


def page(request: Request, services: Services) -> Reply:
    """A form of two pages: `value` is the page, and what was filled in goes from page to page."""
    number = int(request.value or 1)
    if number == 1 and request.name == "page" and "days" in request.values and not request.values["days"]:
        return _page(1, request, error="日数を入力してください。")
    if request.name == "page" and request.values:
        number += 1
    if number > len(PAGES) or request.name == "page_save":
        said = " / ".join(f"{key}={request.values[key]}" for key in sorted(request.values))
        return Reply(title="保存しました", parts=(Paragraph(text=said),))
    return _page(number, request)


def say_farewell(request: Request, services: Services) -> Reply:
    """A few last words."""
    return Reply(parts=(Paragraph(text="保存しました。続きは<いつでも>どうぞ。"),))


def _page(number: int, request: Request, error: str = "") -> Reply:
    first, *others = PAGES[number - 1]
    back = [Action(name="page_back", label="戻る", value=str(number - 1))] if number > 1 else []
    return Reply(
        form=Form(
            name="page",
            title="テレワークについてのアンケート",
            intro="答えは見本です。飛ばしても構いません。" if number == 1 else "",
            value=str(number),
            submit="次へ" if number < len(PAGES) else "送信する",
            fields=(first.model_copy(update={"error": error}), *others),
            actions=(*back, Action(name="page_save", label="保存して閉じる", value=str(number))),
            step=number,
            steps=len(PAGES),
        )
    )


HANDLERS = {
    "farewell": say_farewell,
    "specimen": show,
    "hostile": hostile,
    "survey": survey,
    "crash": crash,
} | dict.fromkeys(("page", "page_back", "page_save"), page)
