"""Reads what stands in a PDF."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """Give each page's text, its spaces made plain."""
    return [_plain(page.extract_text()) for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    """Give the whole text in one line."""
    return " ".join(pages(pdf))


def squeezed(words: str) -> str:
    """Take all spaces out, for what may be broken over lines."""
    return re.sub(r"[\s\u200b\u200f]+", "", words)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u200b", "").replace("\u200f", "")).strip()
