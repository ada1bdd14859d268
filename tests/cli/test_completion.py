"""`contested completion` knows every command and option, since it reads them where they are made."""

import contextlib
import io
import shutil
import subprocess

import pytest

from contested import CHARTS
from contested.cli.main import main


@pytest.fixture(scope="module")
def written():
    """Give what is printed for each shell."""
    told = {}
    for shell in ("bash", "zsh", "fish"):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert main(["completion", shell]) == 0
        told[shell] = out.getvalue()
    return told


def completed(script, *words):
    """Ask bash what it offers for the last word."""
    line = " ".join(f"'{one}'" for one in ("contested", *words))
    asked = f'COMP_WORDS=({line}); COMP_CWORD={len(words)}; _contested; echo "${{COMPREPLY[@]}}"'
    bash = [shutil.which("bash"), "--norc", "-c", f"{script}\n{asked}"]
    return subprocess.run(bash, capture_output=True, text=True, check=True, timeout=60).stdout.split()  # noqa: S603 ours


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed here")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ser"], ["serve"]),
        (["serve", "--po"], ["--port"]),
        (["ask", "casualty"], ["casualty-counts"]),
        (["export", "map", "--format", "p"], ["parquet", "png", "package", "pdf", "pptx"]),
        (["completion", ""], ["bash", "zsh", "fish", "-h", "--help"]),
        (["ask", "map", "/tm"], []),
    ],
    ids=" ".join,
)
def test_bash_is_offered_the_words_that_may_follow(written, words, offered):
    assert completed(written["bash"], *words) == offered


def test_every_shell_is_told_every_chart(written):
    for script in written.values():
        assert all(chart.key in script for chart in CHARTS)


def test_zsh_gets_the_function_of_bash(written):
    assert written["zsh"].endswith(written["bash"])


def test_fish_gets_a_line_an_option_with_what_it_does(written):
    lines = written["fish"].splitlines()

    assert any("from serve' -l port -r -d '" in line for line in lines)
    assert any("from ask' -l by -x -a 'account side'" in line for line in lines)
    assert all(line.startswith("complete -c contested -n ") for line in lines)
