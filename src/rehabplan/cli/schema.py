"""`rehabplan schema`: the JSON Schema of plan files, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from rehabplan.cli.following import suggest
from rehabplan.i18n import N_, _
from rehabplan.text import printable


def schema(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("Write it into a file; not given, print it.")),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Overwrite a file that says something else."))
    ] = False,
) -> None:
    """Print or write the schema, the same in every language."""
    from rehabplan.cli.output import need_folder, refuse_existing, write_atomic
    from rehabplan.cli.streams import for_programs, write_text
    from rehabplan.plan.schema import plan_schema
    from rehabplan.render.jsontext import dumped

    text = dumped(plan_schema())
    if output is None:
        for_programs()
        write_text(text)
        return
    content = text.encode("utf-8")
    force = force or (output.is_file() and output.read_bytes() == content)  # a schema carries no seal
    refuse_existing([output], force=force)
    need_folder(output)
    write_atomic(output, content, force=force)
    write_text(printable(_("Wrote {file}.").format(file=output)) + "\n")
    suggest("rehabplan validate")
