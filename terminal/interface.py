"""The command line in Japanese: help, errors and exit codes of every command alike."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from faq.model.problem import CommandError, Problem, Severity, select_errors, sort_problems
from faq.model.summary import describe_group, group_problems
from faq.texts import EDITOR_TEXTS

CLI_TEXTS: dict[str, str] = EDITOR_TEXTS["cli"]
PROGRAM_NAME = "shirube"
# A code of its own for "could not even begin", beside 1 for "found errors in the content".
EXIT_ERRORS = 1
EXIT_USAGE = 2
_STYLES: dict[Severity | None, str] = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


class JapaneseCommand(click.Command):
    """A command whose help speaks Japanese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=CLI_TEXTS["usage"])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for item in self.get_params(ctx) if (record := item.get_help_record(ctx))]
        rows = [(_translate(left), _translate(right)) for left, right in rows]
        with formatter.section(CLI_TEXTS["options"]):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = CLI_TEXTS["help_help"]
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_translate(piece) for piece in super().collect_usage_pieces(ctx)]


class JapaneseGroup(JapaneseCommand, click.Group):
    """A group of such commands, its own options among them."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        with formatter.section(CLI_TEXTS["commands"]):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _translate(text: str) -> str:
    for english, japanese in (
        ("[OPTIONS]", f"[{CLI_TEXTS['options']}]"),
        ("[COMMAND] [ARGS]...", f"[{CLI_TEXTS['commands']}]"),
        ("[required]", f"[{CLI_TEXTS['required']}]"),
        ("[default: ", f"[{CLI_TEXTS['default']}: "),
    ):
        text = text.replace(english, japanese)
    return text


def run_command(command: click.Command, arguments: list[str], *, name: str = PROGRAM_NAME) -> int:
    """Runs a command and returns its exit code; what was typed wrong is explained in Japanese.

    `name` is what the command is called by in its help.
    """
    try:
        result = command.main(arguments, prog_name=name, standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except (click.ClickException, CommandError, ModuleNotFoundError, OSError) as error:
        click.echo(describe_error(error), err=True)
        if isinstance(error, click.UsageError):
            path = error.ctx.command_path if error.ctx else name
            click.echo(CLI_TEXTS["see_help"].format(command=path), err=True)
        return EXIT_USAGE
    return result if isinstance(result, int) else 0


def describe_os_error(error: OSError) -> str:
    """What the system refused and for which file, in Japanese where it is a usual reason."""
    names: dict[str, str] = EDITOR_TEXTS["system"]
    reason = names.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))
    return f"{error.filename}: {reason}" if error.filename else reason


def _explain(error: Exception) -> str:
    if isinstance(error, click.UsageError):
        return _explain_usage(error)
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, CommandError):
        return CLI_TEXTS[error.code].format(**error.values)
    if isinstance(error, ModuleNotFoundError):  # what only an audit or learning needs
        return CLI_TEXTS["package_missing"].format(name=error.name)
    detail = describe_os_error(error) if isinstance(error, OSError) else str(error)
    return CLI_TEXTS["file_failed"].format(detail=detail)


def _explain_usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return CLI_TEXTS["no_such_option"].format(value=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param:
        return CLI_TEXTS["missing_value"].format(value=error.param.opts[0])
    if isinstance(error, click.BadParameter) and error.param:
        detail = "" if re.search("[A-Za-z]{4}", error.message) else f" {error.message}"
        return CLI_TEXTS["bad_value"].format(value=error.param.opts[0]) + detail
    command = re.search(r"No such command '([^']+)'", error.message)
    if command:
        return CLI_TEXTS["no_such_command"].format(value=command[1])
    return error.message


def print_error(error: CommandError) -> None:
    """Prints in Japanese to standard error why a command cannot go on."""
    click.echo(describe_error(error), err=True)


def describe_error(error: Exception) -> str:
    """Why a command cannot go on, in Japanese."""
    return CLI_TEXTS["error"] + _explain(error)


def print_text(key: str, **values: object) -> None:
    """Prints a text of `cli` in `texts/editor.yml`."""
    click.echo(CLI_TEXTS[key].format(**values))


def ask(key: str) -> bool:
    """Whether a person answers yes to a question of `cli`; where nobody answers, it is no."""
    try:
        answer = click.prompt(CLI_TEXTS[key], default="", show_default=False, prompt_suffix="")
    except click.Abort:
        click.echo()
        return False
    return answer.strip().lower() in ("はい", "y", "yes")


def print_problems(problems: Iterable[Problem], *, whole: bool = False) -> None:
    """Prints problems to standard error, errors in red: each cause once, or `whole` each place."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for severity, text in describe_problems(problems, whole=whole):
        console.print(text, style=_STYLES.get(severity), markup=False)


def describe_problems(
    problems: Iterable[Problem], *, whole: bool = False
) -> list[tuple[Severity | None, str]]:
    """Problems as people read them, a line or a few for each cause, or `whole` for each place.

    Where places are left out, the last line has no severity and says how to see them all.
    """
    problems = sort_problems(problems)
    rows: list[tuple[Severity | None, str]]
    if whole:
        rows = [(problem.severity, problem.describe_whole()) for problem in problems]
    else:
        rows = [(group.severity, describe_group(group)) for group in group_problems(problems)]
    if sum(text.count("\n") + 1 for _, text in rows) < len(problems):
        rows.append((None, CLI_TEXTS["folded"]))
    return rows


def count_problems(problems: list[Problem]) -> dict[str, int]:
    """Errors and warnings, for the closing line."""
    errors = len(select_errors(problems))
    return {"errors": errors, "warnings": len(problems) - errors}


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """A line with the stage at work, on a terminal only; yields the function to call."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage: bar.update(task, description=CLI_TEXTS[f"progress_{stage}"])


def option(*names: str, text: str, **settings: Any) -> Callable[..., Any]:
    """A click option whose help is a text of `cli`."""
    return click.option(*names, help=CLI_TEXTS[text], **settings)
