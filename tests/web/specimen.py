"""A handler that shows everything a Reply can hold, and a form that answers for its mistakes."""

from __future__ import annotations

from bot.messages import (
    Action,
    Chart,
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
            Chart(
                title="棒", unit="件", points=(("令和9年度", 12), ("令和10年度", 3400)), alt="12件から3,400件"
            ),
            Chart(title="線", style="line", unit="%", points=(("4月", 10.5), ("5月", 40)), alt="増えている"),
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
            Chart(title=HOSTILE, unit=HOSTILE, points=((HOSTILE, 1.0),), alt=HOSTILE),
            Chart(title=HOSTILE, style="line", unit=HOSTILE, points=((HOSTILE, 1.0),), alt=HOSTILE),
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


HANDLERS = {"specimen": show, "hostile": hostile, "survey": survey, "crash": crash}
