"""What the bot says to remind people of what is due."""

from __future__ import annotations

TITLE = "記事の見直しをお願いします"
OVERDUE = "「{title}」は、見直しの予定日（{day}）を過ぎています。内容が今も正しいか確かめてください。"
NEXT = "直すところがなければ見直しの日を先の日付に、あれば内容も直してください。「知識」の画面から直せます。このお知らせは、直すまで月に1回届きます。"
