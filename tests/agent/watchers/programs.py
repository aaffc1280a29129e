"""Tests that want a program which not every machine has."""

import shutil

import pytest

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="needs Debian's libreoffice-writer")
needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="needs Debian's tesseract-ocr")
