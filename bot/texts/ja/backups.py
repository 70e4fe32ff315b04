"""What is said of the daily backups."""

TITLE = "控え"
UNSET = (
    "1日1回の控えを取る設定がありません。ほかの方法で控えていないときは、DXBOT_BACKUP_DIR に、"
    "データベースとは別のディスクのフォルダーを設定してください。"
)
LAST_BY_HAND = "手で取った最後の控えは、{at} です。"
NONE_BY_HAND = "手で取った控えの記録もありません。"
NO_FOLDER = "DXBOT_BACKUP_DIR のフォルダーを読めません（{reason}）。場所と権限、ディスクがつながっているかを確かめてください。"
NONE = "控えがまだ1つもありません。dxbot worker が動いているか、フォルダーに書き込めるかを確かめてください。"
LATE = (
    "最後の控えは {at} で、1日以上あいています。dxbot worker が動いているか、"
    "控えのディスクに空きがあるかを確かめてください。"
)
NO_MANIFEST = "最後の控え {name} の隣に「{name}.json」がないか、読めません。この控えからは戻せません。dxbot backup で取り直してください。"
DAMAGED = "最後の控え {name} が、取ったあとで壊れたか、書き換えられています。dxbot backup で取り直し、ディスクを点検してください。"
EXPIRED = (
    "期限（{days}日）を過ぎた控えが {count} 個残っています（いちばん古いものは {name}）。"
    "dxbot worker が動いているか、フォルダーのファイルを消せるかを確かめてください。"
)
WELL = "最後の控えは {at}（{size}、{checked}）。期限（{days}日）の中に {count} 個あります。"
CHECKED_NOW = "SHA-256 は取ったときのまま"
CHECKED_THEN = "取ったときに確かめ済み"
