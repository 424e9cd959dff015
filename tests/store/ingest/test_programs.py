"""What stands for the program names all that takes part in reading."""

import ast
from importlib.resources import files

from store.ingest import programs

# Words of problems, which are not in what is kept.
BESIDE = {"store.errors"}


def test_whatever_the_reader_imports_of_ours_stands_for_it_too() -> None:
    covered = {f"{package}.{name}" for package, name in programs.READS}
    for package, name in programs.READS:
        tree = ast.parse(files(package).joinpath(f"{name}.py").read_text("utf-8"))
        imported = {
            node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module[:6] == "store."
        }
        assert imported <= covered | BESIDE


def test_the_program_stands_for_itself_and_the_two_parts_differ() -> None:
    assert programs.reader() == programs.reader()
    assert programs.reader() != programs.assembler()
