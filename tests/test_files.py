"""A finished file is written whole or not at all, and never over something that is not of its own sort."""

import os

import pytest

from rallyapp.domain.problems import UserError
from rallyapp.files import is_pdf, write_whole
from rallyapp.store import Store
from tests.store.sample import person, rota


def test_a_print_replaces_an_older_print_and_nothing_else(tmp_path):
    target, letter = tmp_path / "rota.pdf", tmp_path / "letter.pdf"
    write_whole(target, b"%PDF old", ours=is_pdf, what="PDF")
    write_whole(target, b"%PDF new", ours=is_pdf, what="PDF")
    assert target.read_bytes() == b"%PDF new"
    letter.write_text("Dear all,")
    with pytest.raises(UserError, match="is no PDF: it was left alone"):
        write_whole(letter, b"%PDF new", ours=is_pdf, what="PDF")
    assert letter.read_text() == "Dear all,"
    assert sorted(os.listdir(tmp_path)) == ["letter.pdf", "rota.pdf"]


def test_the_open_plan_is_not_even_looked_into(tmp_path):
    """Opening and closing it past SQLite would drop the locks that keep other programs' hands off."""
    path, again = tmp_path / "strike.rally", tmp_path / "same.rally"
    with Store.create(path, rota(), label="New plan") as store:
        os.symlink(path, again)
        for name in (path, again):
            with pytest.raises(UserError, match="is no PDF: it was left alone"):
                write_whole(name, b"%PDF", ours=lambda head: True, what="PDF", open_plan=path)
        with store.edit("Add") as edit:
            edit.save(person(1))
    with Store.open(path) as store:
        assert store.find(type(person(1)), "x1") == person(1)
