"""Answers to what is said, not asked: nothing is looked up, and nobody's question is kept."""

from __future__ import annotations

from bot.handlers.usage import HELP_ACTION
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import courtesy as texts


def greet(_request: Request, _services: Services) -> Reply:
    """Say what may be asked."""
    return _said(texts.GREETED)


def welcome_thanks(_request: Request, _services: Services) -> Reply:
    """Take thanks."""
    return _said(texts.THANKED)


def apologise(_request: Request, _services: Services) -> Reply:
    """Say how to go on after an answer that was none."""
    return _said(texts.SORRY)


def _said(text: str) -> Reply:
    return Reply(parts=(Paragraph(text=text),), actions=(HELP_ACTION,))
