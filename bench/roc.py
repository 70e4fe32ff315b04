"""Draw ROC curves as SVG, with nothing but text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

Shares = Sequence[float] | NDArray[np.float64]

_SIDE = 320
_LEFT, _TOP = 56, 16
_COLOURS = ("#1f6f5c", "#b3541e", "#3b4f9b")
_DASHES = ("none", "7 4", "2 3")


@dataclass(frozen=True)
class Curve:
    """A named curve: for each threshold the share wrongly answered and the share rightly answered, 0 to 1."""

    name: str
    false: NDArray[np.float64]
    true: NDArray[np.float64]


def draw(curves: Sequence[Curve]) -> str:
    """An SVG document: the curves, the diagonal of chance, both axes, a key."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _SIDE + 24} {_TOP + _SIDE + 56}" '
        'font-family="sans-serif" font-size="12" role="img" aria-label="ROC curve of refusal">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#555"/>',
        _line((0, 1), (0, 1), "#999", "3 3"),
        *_ticks(),
    ]
    for place, curve in enumerate(curves):
        colour, dash = _COLOURS[place % len(_COLOURS)], _DASHES[place % len(_DASHES)]
        parts += [_line(curve.false, curve.true, colour, dash, 2), _key(place, curve.name, colour, dash)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(false: Shares, true: Shares, colour: str, dash: str, width: int = 1) -> str:
    points = " ".join(f"{_across(x):.1f},{_down(y):.1f}" for x, y in zip(false, true, strict=True))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash}"/>'


def _ticks() -> list[str]:
    shown = []
    for share in (0.0, 0.5, 1.0):
        shown.append(
            f'<text x="{_across(share)}" y="{_down(0) + 16}" text-anchor="middle">{share:.1f}</text>'
        )
        shown.append(f'<text x="{_LEFT - 6}" y="{_down(share) + 4}" text-anchor="end">{share:.1f}</text>')
    middle = _LEFT + _SIDE / 2
    across = "share of questions to refuse that are answered"
    upward = "share of answerable questions answered"
    height = _TOP + _SIDE / 2
    return [
        *shown,
        f'<text x="{middle}" y="{_down(0) + 36}" text-anchor="middle">{across}</text>',
        f'<text transform="translate(16 {height}) rotate(-90)" text-anchor="middle">{upward}</text>',
    ]


def _key(place: int, name: str, colour: str, dash: str) -> str:
    top = _down(0) - 20 - 18 * place
    left = _LEFT + _SIDE - 180
    line = f'<path d="M{left} {top - 4}h24" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
    return f'{line}<text x="{left + 30}" y="{top}">{escape(name)}</text>'


def _across(share: float) -> float:
    return _LEFT + _SIDE * share


def _down(share: float) -> float:
    return _TOP + _SIDE * (1 - share)
