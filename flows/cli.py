"""The command `gongkai`. What a command needs is imported when it runs, so that each starts as fast as it can."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from warehouse.home import Home
from warehouse.told import GongkaiError, said, until_enough, visible


def place(text: str) -> Path:
    """A path that was typed. An empty one, such as an unset variable gives, is not the folder that one is in."""
    if not text:
        raise typer.BadParameter("expected a path, found nothing")
    return Path(text)


def path_option(name: str, says: str) -> Any:
    """An option that names a file or folder."""
    return typer.Option(name, parser=place, metavar="<path>", help=says)


HomeOption = Annotated[Path, path_option("--home", "Folder that holds the warehouse and all that leads to it.")]


def show(lines: Iterable[str]) -> None:
    """Print lines for a person."""
    with until_enough():
        for line in lines:
            print(visible(line))


def fail(message: str) -> typer.Exit:
    """Say in one line why the command did not do its work; the exception to raise."""
    print(f"gongkai: {visible(' '.join(message.split()))}", file=sys.stderr)
    return typer.Exit(1)


class Commands(TyperGroup):
    """The commands: whatever keeps one from doing its work is said in one line."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads, such as `head`, has had enough: Typer ends in silence
            raise
        except (GongkaiError, OSError) as error:
            raise fail(said(error)) from None
        except KeyboardInterrupt:
            raise fail("interrupted; the warehouse is as the last run left it") from None


app = typer.Typer(cls=Commands, add_completion=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def gongkai(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version of the code and exit.")] = False,
) -> None:
    """China's government information disclosure annual reports as a warehouse."""
    if version:
        from flows.version import code_version

        print(f"gongkai {code_version()}")
    elif context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(2)


@app.command()
def run(
    home: HomeOption,
    input: Annotated[Path | None, path_option("--input", "Folder of reports, at any depth.")] = None,
    sources: Annotated[Path | None, path_option("--sources", "Source to fetch, or a folder of them.")] = None,
) -> None:
    """Bring what is new in a folder of reports, or at sources on the network, into the warehouse."""
    from flows.run import run_folder, run_sources

    if input is not None and sources is None:
        run_folder(input, home)
    elif sources is not None and input is None:
        run_sources(sources, home)
    else:
        raise fail("name either --input FOLDER or --sources FILE_OR_FOLDER")


@app.command()
def reprocess(
    home: HomeOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would change.")] = False,
) -> None:
    """Read again from the raw store what other code, rules or libraries read before."""
    from flows.run import run_again

    run_again(home, dry_run)


@app.command()
def publish(
    home: HomeOption,
    accept: Annotated[bool, typer.Option("--accept", help="Publish what the gate kept aside.")] = False,
) -> None:
    """Decide on a warehouse that got worse and was kept aside."""
    from flows.run import accept_aside

    report = home / "aside" / "report.md"
    if not accept and report.exists():
        raise fail(f"read {report}, then say --accept to publish what was kept aside")
    accept_aside(home)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SQL query.")],
    home: HomeOption,
    format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    as_of: Annotated[str, typer.Option("--as-of", help="A date: facts and reports as known at its end.")] = "",
) -> None:
    """Answer an SQL query over the warehouse."""
    from warehouse.query import answer

    answer(Home(home), query, format, as_of)


@app.command()
def trace(fact_id: Annotated[str, typer.Argument(help="The fact's id.")], home: HomeOption) -> None:
    """Show the way back from a fact to the bytes that state it."""
    from warehouse.lineage import trace as lines

    show(lines(Home(home), fact_id))


@app.command()
def explain(
    document: Annotated[str, typer.Argument(metavar="REPORT_OR_DOCUMENT", help="A report's or a document's id.")],
    home: HomeOption,
) -> None:
    """Show a report's text with, for each numeral, the fact that took it or the reason why none did."""
    from warehouse.lineage import explain as lines

    show(lines(Home(home), document))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words, of which a report must have every one.")],
    home: HomeOption,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Reports at most.")] = 10,
) -> None:
    """Find reports by the words in their text, the best first."""
    from warehouse.search import lines
    from warehouse.search import search as found

    question = " ".join(words)
    hits = found(Home(home), question, limit)
    if not hits:  # the texts are Simplified: the words may have been typed in Traditional characters
        from tasks.clean.wording.t2s import t2s

        hits = found(Home(home), t2s(question), limit)
    show(lines(hits))


@app.command()
def export(
    home: HomeOption,
    format: Annotated[str, typer.Option("--format", help="csv (for spreadsheets) or parquet (by year).")],
    to: Annotated[Path | None, path_option("--to", "Folder to write; HOME/handover/FORMAT where not named.")] = None,
) -> None:
    """Write every table as files for other tools, with a data package, the dictionary and a manifest of hashes."""
    from warehouse.handover import hand_over

    folder = to or home / "handover" / format
    files = hand_over(Home(home.absolute()), format, folder)
    print(f"{len(files)} files in {folder}, described by datapackage.json and dictionary.md, hashed in manifest.csv")


@app.command()
def verify(
    home: HomeOption,
    export: Annotated[Path | None, path_option("--export", "Exported folder; HOME/export where not named.")] = None,
    sample: Annotated[int, typer.Option("--sample", min=1, help="Documents to read again from their bytes.")] = 20,
) -> None:
    """Hold exported files and documents against their hashes, and facts of a sample against the documents' bytes."""
    from flows.verify import verify as held

    found = held(Home(home.absolute()), export or home / "export", sample)
    show(found.seen)
    if found.wrong:
        show(found.wrong)
        show(f"{purpose}:\n  {command}" for purpose, command in found.cures.items())
        raise fail(f"{len(found.wrong)} of these are not as they were written")
    print("all as written")


@app.command("try-rule")
def try_rule(
    file: Annotated[Path, typer.Argument(help="A changed rule file, named as in tasks/parse/rules/.")], home: HomeOption
) -> None:
    """Show which facts of a home a changed rule file would add, drop or change; nothing is written."""
    from flows.try_rule import try_rule as tried

    found = tried(file, Home(home.absolute()))
    counts = ", ".join(f"{count:,} {what}" for what, count in found.counts.items())
    show([*found.lines, f"{counts} in {found.touched:,} of {found.documents:,} documents"])


sources_app = typer.Typer(help="Sources on the network.")
app.add_typer(sources_app, name="sources")


@sources_app.command()
def check(
    sources: Annotated[
        Path | None, typer.Argument(help="Source, or folder of them; those of this project else.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask each for its first address, too.")] = False,
) -> None:
    """Say what is wrong with sources, by file and line."""
    from flows.check import check_sources

    lines, failed = check_sources(sources, live)
    show(lines)
    if failed:
        raise fail(f"{failed} of {len(lines)} sources did not answer as they should")


def main() -> None:
    """Run the command line; what was typed wrong is told in one line, as every other mistake is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may have another character set
    try:
        code = app(prog_name="gongkai", standalone_mode=False)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        fail(f"{error.format_message().rstrip('.')}; try {context.command_path if context else 'gongkai'} --help")
        code = error.exit_code
    sys.exit(code)
