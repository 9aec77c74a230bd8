"""Help and usage errors speak the language asked for."""

from __future__ import annotations

import re

import click
import pytest

from scheduler.cli import group
from scheduler.cli.help import Misuse, usage_error, word
from scheduler.locale import LANGUAGES, Catalogue, Language, catalogue
from tests.cli.program import run

CHINESE = {"LANG": "zh_CN.UTF-8"}


def commands(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command's path, the groups' too."""
    inner = command.commands.items() if isinstance(command, click.Group) else ()
    return [path, *(found for name, below in inner for found in commands(below, (*path, name)))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_worded(language: Language) -> None:
    # a missing sentence raises KeyError; no option may be left without one
    word(group, catalogue(language))
    for path in commands(group):
        command: click.Command = group
        for name in path:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert command.help, path
        assert all(option.help for option in options), path


def test_help_follows_the_environment_and_the_option() -> None:
    assert run("run", "-h", env=CHINESE).text.startswith("用法：")
    chinese, english = run("-h", "--lang", "zh").text, run("--lang", "en", "-h", env=CHINESE).text
    assert "命令：" in chinese
    assert "主要命令：检查、求解、核查、导出。" in chinese
    assert "Commands:" in english
    assert not re.search("[一-鿿]", english)


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--lang", "en", "nowhere", "p.json", "--lang", "zh"),
        ("--lang", "en", "verify", "nowhere", "p.json", "--lang=zh"),
        ("--lang=en", "--lang", "zh", "verify", "nowhere", "p.json"),
    ],
)
def test_of_several_languages_the_last_is_spoken_by_errors_too(words: tuple[str, ...]) -> None:
    # bad input is told before the command has a console of its own; a wrong use before there is a command
    assert "找不到" in run(*words).err.decode()
    assert "错误：没有选项 --maark" in run(*words, "--maark").err.decode()
    assert "用法：" in run(*words, "-h").text


def test_a_word_that_is_no_option_is_no_language() -> None:
    # what stands behind -- is no option: two words too many, told in the language asked for before them
    told = run("check", "x", "--lang", "en", "--", "--lang", "zh").err.decode()
    assert "Words too many on the command line: --lang zh" in told
    assert "错误" not in run("check", "zh", env={"LANG": "en_US.UTF-8"}).err.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run",), "缺少 INPUT。"),
        (("runn",), "没有命令 runn。相近的有：run。"),
        (("check", "x", "--maark", "y"), "没有选项 --maark。相近的有：--mark。"),
        (("run", "x", "-o", "y", "--time-limit", "0"), "--time-limit：请写 1 至 604800 之间的数。"),
        (("run", "x", "-o", "y", "--policy", "best"), "--policy：请在 fair, seats 中选择。"),
        (("run", "x", "-o", "y", "--as-of", "2016-07-18"), "--as-of 须与 --from 同用"),
        (("export", "x", "y", "-o", "z", "--only", ""), "--only 是空的：请在 excel, html, ics 中选择。"),
        (("sample", "x.xls", "--children", "5"), "x.xls：输入表可写成工作簿（.xlsx）或 CSV 文件夹"),
        (("check", "x", "--lang"), "--lang 后面须写上值。"),
        (("check", "x", "--json=1"), "--json 后面不带值。"),
        (("run", "my", "season.xlsx", "-o", "y"), "命令里多出了：season.xlsx。带空格的路径请加引号。"),
    ],
)
def test_a_usage_error_is_told_in_chinese(words: tuple[str, ...], told: str) -> None:
    ended = run(*words, env=CHINESE)
    assert (ended.code, ended.out) == (2, b"")
    assert f"错误：{told}" in ended.err.decode()


def test_the_draw_speaks_the_language_asked_for() -> None:
    assert "抽签种子" in run("draw", "--help", "--lang", "zh").text
    assert "抽签种子" in run("draw", "--lang", "zh", "reveal", "--help").text


def test_what_click_adds_to_an_option_is_worded() -> None:
    told = run("sample", "-h", env=CHINESE).text
    assert "[1 至 1000000; 必填]" in told
    assert "[默认 0; 至少 0]" in told
    assert "[选项]" in told
    assert not any(word in told for word in ("required", "default", "RANGE", "<="))


def test_what_click_alone_finds_is_told_as_click_tells_it() -> None:
    words: Catalogue = catalogue("zh")
    assert (
        usage_error(click.FileError("x", "gone"), words)
        == f"错误：{click.FileError('x', 'gone').format_message()}"
    )


def test_the_programs_own_usage_errors_are_worded_too() -> None:
    error = Misuse("date", value="tomorrow")
    assert usage_error(error, catalogue("zh")) == "错误：tomorrow 不是日期；请写成 2016-07-18 这样。"
    assert "tomorrow is no date" in str(error)


def test_no_command_shows_the_help() -> None:
    ended = run(env=CHINESE)
    assert ended.code == 2
    assert ended.err.decode().startswith("用法：")
