"""`detector check`, `detector learn` and `detector explain`: each parses, calls plain functions, and prints."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from detector.console import make_console, open_cache, show_progress
from detector.errors import SettingsError
from detector.options import (
    FindingName,
    Model,
    NliModel,
    NoCache,
    Pairs,
    PlainFormat,
    PlainOutput,
    Quiet,
    SavedReport,
    SettingsFile,
    Strength,
    WeightsFile,
    WeightsOutput,
)

if TYPE_CHECKING:
    from detector.labelled import LabelledRow

_MOST_STRENGTH = 100.0


def check_command(
    pairs: Pairs,
    weights: WeightsFile = None,
    nli: NliModel = None,
    model: Model = None,
    settings: SettingsFile = None,
    output_format: PlainOutput = PlainFormat.TEXT,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Say how well the judge does on labelled pairs, and how good each of its comparisons is by itself.

    A row holds a, b and relation (agree, differ, develop, unrelated), and if known a_date and b_date; or premise, hypothesis and label;
    or report, finding and relation: an editor's verdict on a finding, for which no model is needed.

    Example: detector check pairs.jsonl --weights weights.json
    """
    from detector.judge.weigh import load_weights
    from detector.settings import load_settings

    chosen = load_settings(settings, model=model, nli=nli, weights=str(weights) if weights else None)
    judge = load_weights(Path(chosen.weights) if chosen.weights else None)
    rows, skipped = _read(pairs, quiet)
    with open_cache(chosen, no_cache) as store, show_progress(quiet) as progress:
        from detector.trial import measure_cases, score_cases, score_comparisons

        cases = measure_cases(rows, chosen, store=store, progress=progress)
        score, comparisons = score_cases(cases, judge), score_comparisons(cases, judge)
    if output_format is PlainFormat.JSON:
        found = {**score, "comparisons": comparisons} | ({"skipped": skipped} if skipped else {})
        typer.echo(json.dumps(found, indent=1))
        return
    from detector.judging.show import print_check

    print_check(score, comparisons, make_console())


def learn_command(
    pairs: Pairs,
    output: WeightsOutput,
    nli: NliModel = None,
    model: Model = None,
    strength: Strength = 0.1,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Fit the judge's weights to labelled pairs or to editors' verdicts, starting from the packaged weights.

    A third of the events is held out (the field event; without one, of the pairs), and the figures are those on that third, before
    and after. Rows are as for detector check; at least 20 of them.

    Example: detector learn verdicts.jsonl --output weights.json
    """
    if not 0 < strength <= _MOST_STRENGTH:
        raise SettingsError(
            f"--strength {strength} is out of range; it must be above 0 and at most {_MOST_STRENGTH:.0f}"
        )
    _check_output(output, pairs)
    from detector.settings import load_settings

    chosen = load_settings(None, model=model, nli=nli)
    rows, _ = _read(pairs, quiet)
    with open_cache(chosen, no_cache) as store, show_progress(quiet) as progress:
        from detector.judge.weigh import load_weights, save_weights
        from detector.trial import check_enough, learn_weights, measure_cases

        check_enough(rows)
        cases = measure_cases(rows, chosen, store=store, progress=progress)
        names = ", ".join(sorted({Path(path).name for path in pairs}))
        note = (
            f"fitted on {{fitted}} labelled pairs of {names} ({{held}} held out), starting from the packaged weights; "
            f"meaning by {_name_model(chosen.nli)}"
        )
        lesson = learn_weights(cases, load_weights(), strength=strength, note=note)
    from detector.judging.show import print_lesson

    print_lesson(lesson, make_console())
    save_weights(lesson.weights, output)
    typer.echo(f'wrote {output}; to judge with it: weights = "{output}" in detector.toml')


def explain_command(report: SavedReport, finding: FindingName, output_format: PlainOutput = PlainFormat.TEXT) -> None:
    """Show what a finding's verdict adds up from: each comparison's weights, and how likely the verdict is after it.

    Needs the saved report alone. Ids stand in report.json and in findings.csv.

    Example: detector explain reports/sample f3a03
    """
    from detector.saved import find_findings, read_saved

    saved = read_saved(report, "explain")
    findings = find_findings(saved, finding)
    from detector.render.explanation import explain_as_json, print_explanation

    if output_format is PlainFormat.JSON:
        typer.echo(explain_as_json(saved, findings).encode(), nl=False)
    else:
        print_explanation(saved, findings, make_console())


def _read(pairs: list[str], quiet: bool) -> tuple[tuple[LabelledRow, ...], int]:
    """Read labelled rows, and say how many were skipped."""
    from detector.labelled import read_labelled

    rows, skipped = read_labelled(pairs)
    if skipped and not quiet:
        typer.echo(f"skipped {skipped} of {len(rows) + skipped} rows: they have no label", err=True)
    return rows, skipped


def _check_output(output: Path, pairs: Sequence[str]) -> None:
    """Refuse, before the work begins, an output that cannot be what is meant.

    Raises:
        SettingsError: it is a folder, or one of the files that are read.
    """
    if output.is_dir():
        raise SettingsError(f"--output {output} is a folder; name a file, as in {output / 'weights.json'}")
    if os.path.realpath(output) in {os.path.realpath(path) for path in pairs}:
        raise SettingsError(
            f"--output {output} is one of the files of labelled pairs, and would replace it; name another"
        )


def _name_model(nli: str) -> str:
    """Return the NLI model's name without the folders that it lies in; the weights file is for other machines, too."""
    return Path(nli).name if nli else "no model"
