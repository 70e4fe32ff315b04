#!/bin/sh
# DX相談ボットを、インターネットにつながずに入れる。
#   sh install.sh [入れる場所]      省くと /opt/dxbot
#   PYTHON=/usr/bin/python3.11 sh install.sh   使う Python を決める
set -eu

bundle=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
place=${1:-/opt/dxbot}
read -r wanted machine glibc < "$bundle/target.txt"
python=${PYTHON:-python$wanted}

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

[ "$(uname -s)/$(uname -m)" = "Linux/$machine" ] ||
  stop "この一式は Linux（$machine）用です。この機械は $(uname -s)（$(uname -m)）です。" \
    "この機械用の一式を作り直してください（docs/install-lan.md）。"
command -v "$python" >/dev/null 2>&1 ||
  stop "Python $wanted が見つかりません。入れてから、もう一度実行してください。" \
    "別の場所にあるときは、PYTHON=/場所/python$wanted を前に付けて実行してください。"
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
[ "$found" = "$wanted" ] ||
  stop "この一式は Python $wanted 用です。$python は Python $found です。PYTHON で Python $wanted を指定してください。"
"$python" -c 'import os, sys; have = os.confstr("CS_GNU_LIBC_VERSION").split()[1]
sys.exit([int(n) for n in have.split(".")] < [int(n) for n in sys.argv[1].split(".")])' "$glibc" 2>/dev/null ||
  stop "この一式には glibc $glibc 以上の Linux が要ります。新しい版の OS に入れてください。"

printf '%s\n' "中身がそろっているかを確かめています…"
(cd "$bundle" && sha256sum --check --quiet SHA256SUMS >&2) ||
  stop "中身が元のものと違います。写しなおすか、配った人に確かめてください。何も入れていません。"

version=$(sed -n 's/^dxbot==\([^ ]*\) .*/\1/p' "$bundle/requirements.txt")
home="$place/$version"
mkdir -p "$place" || stop "$place に書き込めません。入れる場所を指定するか、書き込める人で実行してください。"
if [ -e "$home/.complete" ] && cmp -s "$home/.complete" "$bundle/SHA256SUMS"; then
  printf '%s\n' "同じ版（$version）が $home に入っています。"
else
  printf '%s\n' "$home に入れています（1分ほどかかります）…"
  rm -f "$home/.complete"
  "$python" -m venv --clear --without-pip "$home" ||
    stop "Python の環境を作れません。OS の部品（Debian や Ubuntu では python$wanted-venv）を確かめてください。"
  # The bundle's own pip, read out of its wheel: no index, no settings of this machine, every checksum asked for.
  PIP_CONFIG_FILE=/dev/null "$home/bin/python" "$(echo "$bundle"/wheels/pip-*.whl)/pip" --isolated install --quiet \
    --disable-pip-version-check --no-index --find-links "$bundle/wheels" --require-hashes -r "$bundle/requirements.txt" ||
    stop "入れられませんでした。上の表示を確かめてから、もう一度実行してください。"
  cp "$bundle/SHA256SUMS" "$home/.complete"
fi

[ -e "$place/.env" ] || (umask 077 && cp "$bundle/.env.example" "$place/.env")
cp "$bundle/Procfile" "$bundle/sbom.cdx.json" "$bundle/LICENSE" "$place/"
cp -R "$bundle/docs" "$place/"
ln -sfn "$version" "$place/current"

cat <<END
入れ終わりました。次のようにして始めます。

  cd $place
  （$place/.env に設定を書く）
  current/bin/dxbot migrate
  current/bin/dxbot doctor --offline
  current/bin/dxbot serve

手引: $place/docs/install-lan.md
END
