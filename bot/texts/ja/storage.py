"""What is said when the database cannot be used."""

UNSTORABLE_TEXT = (
    "保存できない文字（NUL または壊れた文字）が含まれています。その文字を消して、もう一度お試しください。"
)
FAILED_TRANSACTION = "途中でデータベースの処理が失敗したため、この変更は保存されていません。"
CLOSED = "データベースはすでに閉じられています。"


def unknown_database(scheme: str) -> str:
    """The address names neither database."""
    return f"設定 DATABASE_URL: 「{scheme}」は使えません。sqlite:/// または postgresql:// で始めてください。"


def no_sqlite_path() -> str:
    """The SQLite address names no file."""
    return "設定 DATABASE_URL: sqlite:/// の後にファイル名を書いてください（例: sqlite:///var/dxbot.db）。"


def sqlite_missing(path: str) -> str:
    """There is no database file at this path, and the command makes none."""
    return (
        f"設定 DATABASE_URL: データベース「{path}」がありません。場所と名前を確かめてください。"
        "はじめて使うときは `dxbot migrate` で作れます。"
    )


def old_sqlite(found: str, needed: str) -> str:
    """The SQLite library is older than what is safe."""
    return (
        f"SQLite {found} は古く、データが壊れる不具合があります。{needed} 以上が必要です。"
        "「make setup」で pysqlite3 を入れ直してください。"
    )


def cannot_open(path: str, reason: str) -> str:
    """The database file cannot be opened."""
    return (
        f"設定 DATABASE_URL: データベース「{path}」を開けません（{reason}）。場所と権限を確かめてください。"
    )


def cannot_connect(reason: str) -> str:
    """The PostgreSQL server cannot be reached."""
    return f"設定 DATABASE_URL: PostgreSQL に接続できません（{reason}）。サーバーと接続先を確かめてください。"


def busy(seconds: float) -> str:
    """Another process kept the database locked."""
    return (
        f"データベースが {seconds:.0f} 秒たっても空きませんでした。しばらく待って、もう一度お試しください。"
    )


def newer_schema(names: str) -> str:
    """The database was migrated by a newer program."""
    return (
        f"データベース（または控え）は、このプログラムより新しい版で更新されています（{names}）。"
        "プログラムを新しい版にしてください。"
    )


def broken_entry(position: int, reason: str) -> str:
    """The audit chain is broken at an entry."""
    return f"監査記録の {position} 番目が壊れています: {reason}。"


ENTRY_CHANGED = "内容が書き換えられています"
ENTRY_MISSING = "記録がありません"
ENTRY_SURPLUS = "正しく追加された記録ではありません"
HEAD_CHANGED = "末尾の控えと一致しません"
BAD_ANCHOR = "アンカーの書き方が違います。表示されたまま（1-1234:英数字64文字）を指定してください。"
ANCHOR_TOO_OLD = (
    "アンカー {anchor} のときの記録は、保存期間を過ぎて消えています。新しいアンカーで確かめてください"
)
NOT_AS_ANCHORED = "控えてあるアンカーと一致しません"
BEFORE_ANCHOR = "アンカー {anchor} のときにはあった記録がありません"
PRUNED_UNRECORDED = "これより前の記録が、消したという記録なしに消えています"
HEAD_MISSING = "末尾の控えがありません"


def unknown_person(person_id: str) -> str:
    """A chat user is to be linked to somebody who is not in the directory."""
    return f"職員番号「{person_id}」の人は名簿にいません。"


UNREADABLE = "この版では読めない内容です（{count}か所）。送らずに、ここへ残しました。"


IN_USE = "データベースを使っているプログラムがあります。dxbot serve と dxbot worker、ほかの dxbot のコマンドを止めてから、もう一度実行してください。"
BEING_REPLACED = "データベースを控えから戻しているところです。終わってから、もう一度実行してください。"


def backup_exists(path: str) -> str:
    """A backup never takes the place of another file."""
    return f"{path} はすでにあります。別の名前を指定してください。"


def backup_under_way(path: str) -> str:
    """Somebody else writes the same backup."""
    return f"同じ名前の控えを、ほかのプログラムが取っているところです（{path}）。終わるのを待ってください。"


def backup_failed(path: str, reason: str) -> str:
    """The copy could not be written."""
    return f"控え {path} を取れません（{reason}）。書き込めるか、空きがあるかを確かめてください。"


def backup_missing(path: str, reason: str) -> str:
    """A backup, or the file beside it, is not there."""
    return (
        f"{path} を読めません（{reason}）。控えのファイルと、同じ場所の「.json」のファイルの両方が要ります。"
    )


def backup_damaged(path: str) -> str:
    """It is not what was made."""
    return (
        f"{path} が壊れているか、書き換えられています。別の控えを使ってください。データベースはそのままです。"
    )


NO_SCHEMA = (
    "PostgreSQL に、表を置くスキーマがありません。管理者の利用者で「create schema public authorization 利用者」"
    "を実行してから、もう一度お試しください。"
)


def backup_of_other_schema(schema: str) -> str:
    """The dump has nothing for the schema that this program uses."""
    return (
        f"この控えに、スキーマ「{schema}」の表がありません。控えを取ったときの DATABASE_URL の options と、"
        "今の設定を比べてください。データベースはそのままです。"
    )


def not_swapped(reason: str) -> str:
    """PostgreSQL did not let the restored schema take the place."""
    return (
        f"控えの内容に入れ替えられません（{reason}）。DATABASE_URL の利用者がスキーマの所有者かどうかを"
        "確かめてください。データベースはそのままです。"
    )


def no_tool(tool: str) -> str:
    """PostgreSQL's tool is not installed."""
    return f"{tool} が見つかりません。PostgreSQL のクライアント（サーバーと同じ版か、新しい版）を入れ、{tool} を PATH で見つかるようにしてください。"


def tool_failed(tool: str, reason: str) -> str:
    """PostgreSQL's tool said no."""
    return f"{tool} が失敗しました（{reason}）。データベースはそのままです。"
