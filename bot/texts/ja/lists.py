"""What turns the pages of long lists."""

from __future__ import annotations

BUTTONS_BEFORE = "前の {first}～{last} 番目"
BUTTONS_AFTER = "次の {first}～{last} 番目"
