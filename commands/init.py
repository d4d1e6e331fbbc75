"""init: a new city's folder, from a foreign table where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from faq.model.content_format import CONTENT_FORMAT
from faq.model.problem import CellError, CommandError
from faq.model.urls import check_site_address
from faq.read.raw import TableError
from faq.start.folder import is_free, read_starter, write_folder
from faq.start.take import Taken, take_table
from faq.start.write import write_site
from faq.texts import EDITOR_TEXTS
from japanese.analyze import Analyzer
from terminal.interface import CLI_TEXTS, EXIT_ERRORS, ask, print_problems, print_text

PLACEHOLDER_ADDRESS = "https://faq.example.lg.jp/"


@dataclass(frozen=True, slots=True)
class NewCity:
    """What was said of a new city: an empty `name` or `address` was not said.

    `asks`: whether somebody sits there to be asked.
    """

    folder: Path
    name: str
    address: str
    version: str
    asks: bool


def start_city(city: NewCity) -> int:
    """Makes the folder of a new city with a sample; touches nothing that is there already."""
    check_free(city.folder)
    name, address = ask_city(city)
    write_folder(city.folder, make_files(name, address, version=city.version))
    print_text("init_made", folder=city.folder)
    return 0


def start_city_from(city: NewCity, *, table: Path, sheet: str) -> int:
    """Makes the folder of a new city from a table, once what was understood of it is agreed to."""
    check_free(city.folder)
    try:
        taken = take_table(table, sheet=sheet, read_words=Analyzer().read_words)
    except TableError as error:
        taken = Taken("", {}, "", (error.problem,))
    if taken.page:
        click.echo(taken.page + "\n")
    if taken.problems:
        print_problems(taken.problems)
        print_text("init_stopped", errors=len(taken.problems))
        return EXIT_ERRORS
    name, address = ask_city(city)
    if city.asks and not ask("init_ask_go"):
        print_text("init_not_made")
        return 0
    files = make_files(name, address, version=city.version, general=taken.general)
    samples = [path for path in files if path.startswith("content/faq/")]
    files = {path: data for path, data in files.items() if path not in samples}
    write_folder(city.folder, files | taken.files)
    print_text("init_made", folder=city.folder)
    return 0


def check_free(folder: Path) -> None:
    """Raises `CommandError` where there is something already."""
    if not is_free(folder):
        raise CommandError("init_exists", folder=folder)


def ask_city(city: NewCity) -> tuple[str, str]:
    """Name and address as given, else as answered, else usual ones."""
    name = city.name or city.folder.resolve().name
    address = city.address
    if city.asks and not city.name:
        name = click.prompt(CLI_TEXTS["init_ask_name"], default=name)
    if city.asks and not address:
        address = click.prompt(
            CLI_TEXTS["init_ask_address"], default="", show_default=False, value_proc=_read_address
        )
    try:
        return name, _read_address(address)
    except click.UsageError as error:
        raise click.ClickException(error.message) from None


def make_files(name: str, address: str, *, version: str, general: str = "") -> dict[str, bytes]:
    """Path → bytes of a city's folder with the sample FAQ."""
    values = {
        "name": EDITOR_TEXTS["init"]["site_name"].format(name=name),
        "city": name,
        "base_url": address or PLACEHOLDER_ADDRESS,
        "format_version": str(CONTENT_FORMAT),
    }
    if general:
        values["phone_department"] = general
    # Nothing that is only being begun may be found by those who search the web.
    if not address:
        values["sample"] = "はい"
    files = read_starter({"name": name, "version": version})
    return files | {"content/site.yml": write_site(values).encode()}


def _read_address(text: str) -> str:
    try:
        return check_site_address(text.strip()) if text.strip() else ""
    except CellError:
        raise click.BadParameter(CLI_TEXTS["init_bad_address"]) from None
