"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import time

import pytest
from conftest import ROOT, SEEDS

FLOOD = """Flood closes the bridge at Harrow
The bridge at Harrow was closed on Monday after the river rose by two metres. Police said 12 people were taken to hospital.
The mayor thanked the volunteers, who worked all night. Schools will stay shut until Thursday.
"""
OTHER_FLOOD = """Harrow bridge shut as river rises
The river rose by two metres and the bridge at Harrow was closed on Monday. Police said 15 people were taken to hospital.
The army has sent forty soldiers with sandbags to the old mill.
"""
ELECTION = """Rao wins the vote in Delmar
Anita Rao won the presidential election in Delmar on Sunday with 54 percent of the vote, the electoral board said.
Her rival Tomas Bell accepted the result and wished her well.
"""
OTHER_ELECTION = """Delmar elects Rao
The electoral board said Anita Rao won the presidential election in Delmar on Sunday with 51 percent of the vote.
Observers from nine countries called the count orderly.
"""
CHESS = """Chess champion retires at 40
The chess champion Ilse Maar said she would play no more tournaments and would write a book on endgames.
"""
FILES = ["claims.csv", "findings.csv", "report.html", "report.json", "report.md", "topics.csv"]


@pytest.fixture
def write(tmp_path):
    """Write texts into files of a folder of their own."""

    def write_files(**texts):
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return paths

    return write_files


def read_report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def run_apart(*arguments, **options):
    """Run the installed command in a process of its own."""
    command = [sys.executable, "-m", "detector", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, **options)


# --- report


def test_report_writes_six_files_and_says_where(run_cli, tmp_path):
    done = run_cli("report", SEEDS, "-o", tmp_path / "new" / "seeds")
    assert done.code == 0
    assert done.err == ""
    assert sorted(path.name for path in (tmp_path / "new/seeds").iterdir()) == FILES
    first, last = done.out.splitlines()
    assert re.fullmatch(
        r"3 articles, 41 claims, 1 story: \d differ, \d develop, \d agree(, \d to check by hand)?", first
    )
    assert last == f"wrote 6 files to {tmp_path}/new/seeds; open {tmp_path}/new/seeds/report.html"


def test_several_stories_get_a_folder_each_an_index_and_a_list_of_the_lone(run_cli, write, tmp_path):
    write(a=FLOOD, b=OTHER_FLOOD, c=ELECTION, d=OTHER_ELECTION, e=CHESS)
    done = run_cli("report", tmp_path, "-o", tmp_path / "out")
    assert done.code == 0
    assert re.match(r"5 articles, \d+ claims, 3 stories: ", done.out)
    assert "1 article of a story that no other tells, compared with nothing:\n  e: Chess champion retires" in done.out
    assert done.out.rstrip().endswith("index.html")
    folders = sorted(path for path in (tmp_path / "out").iterdir() if path.is_dir())
    assert [sorted(path.name for path in folder.iterdir()) for folder in folders] == [FILES, FILES]
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_file()) == [
        "index.html",
        "index.md",
        "report.json",
    ]
    whole = read_report(tmp_path / "out")
    assert sorted(len(story["articles"]) for story in whole["stories"]) == [1, 2, 2]
    assert "Chess champion retires" in (tmp_path / "out/index.html").read_text()
    for folder in folders:
        assert len(read_report(folder)["articles"]) == 2


def test_report_on_one_article_says_so(run_cli, write, tmp_path):
    done = run_cli("report", *write(a=FLOOD), "-o", tmp_path / "out")
    assert done.code == 0
    assert done.out.startswith("1 article, 4 claims, 1 story: 0 differ, 0 develop, 0 agree\n")
    assert "There is only one article, so there is nothing to compare it with." in done.out
    assert (tmp_path / "out/report.html").is_file()


def test_source_and_date_override_a_single_article(run_cli, write, tmp_path):
    (path,) = write(a=FLOOD)
    done = run_cli("report", path, "--source", "Harrow Post", "--date", "2031-05-03", "-o", tmp_path / "out")
    assert done.code == 0
    (article,) = read_report(tmp_path / "out")["articles"]
    assert (article["source"], article["published"][:10], article["published_basis"]) == (
        "Harrow Post",
        "2031-05-03",
        "metadata",
    )


def test_caps_and_thresholds_hold_and_are_recorded(run_cli, tmp_path):
    run_cli("report", SEEDS, "-o", tmp_path, "--max-findings", 2, "--min-confidence", 0.6)
    report = read_report(tmp_path)
    assert (report["settings"]["max_findings"], report["settings"]["min_confidence"]) == (2, 0.6)
    assert len(report["findings"]) == 2
    assert report["counts"]["findings"]["over the cap"] > 0
    assert all(finding["confidence"] >= 0.6 for finding in report["findings"])


def test_a_folder_that_cannot_be_written_to_is_one_line(run_cli, write):
    (path,) = write(a=FLOOD)
    done = run_cli("report", path, "-o", path)
    assert done.code == 2
    assert re.fullmatch(r"detector: cannot write .*a\.txt.*\n", done.err)


# --- diff


def test_diff_of_two_sources(run_cli):
    done = run_cli("diff", *sorted(SEEDS.glob("00[01]*")))
    assert done.code == 1
    assert done.err == ""
    assert "\x1b" not in done.out
    assert re.search(r"^≠ differ · scope  How many countries\?.*  confidence 0\.\d\d$", done.out, re.MULTILINE)
    assert "    «At least 37 countries»" in done.out
    assert "    Healey said «30 countries»" in done.out
    assert "  Why: " in done.out
    assert re.search(r"≠ \d differ   → \d developed   = \d agree", done.out.splitlines()[-1])
    assert all(len(line) <= 100 and line == line.rstrip() for line in done.out.splitlines())


def test_what_is_to_be_checked_by_hand_is_shown_and_is_no_difference(run_cli, write, tmp_path):
    paths = write(a=FLOOD, b=OTHER_FLOOD)
    (tmp_path / "wary.toml").write_text("min_confidence = 0.999\ncheck_confidence = 0.1\n")
    for order in (paths, paths[::-1]):
        done = run_cli("diff", *order, "--settings", tmp_path / "wary.toml", "--only", "differ")
        assert done.code == 0
        places = [
            done.out.index(words) for words in ("? Check by hand", "≠ may differ · number  May differ: ", "«15 people»")
        ]
        assert places == sorted(places)
        assert "  Why: Perhaps: " in done.out
        assert done.out.splitlines()[-1].split("   ") == ["≠ 0 differ", "? 1 to check by hand"]


def test_diff_stands_side_by_side_on_a_wide_terminal(run_cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    out = run_cli("diff", *sorted(SEEDS.glob("00[01]*"))).out
    assert any("At least 37 countries" in line and "Qatar Tribune" in line for line in out.splitlines())
    assert all(len(line) <= 160 and line == line.rstrip() for line in out.splitlines())


def test_only_keeps_to_what_is_asked_for(run_cli):
    paths = sorted(SEEDS.glob("00[01]*"))
    agree = run_cli("diff", *paths, "--only", "agree")
    assert agree.code == 0, "nothing that is shown differs"
    assert "= agree" in agree.out
    assert "≠" not in agree.out
    assert "In one source only" not in agree.out
    both = run_cli("diff", *paths, "--only", "differ, agree")
    assert both.code == 1
    assert "≠ differ" in both.out
    assert "= agree" in both.out
    assert "→" not in both.out


def test_only_as_json_holds_what_is_asked_for_and_says_so(run_cli):
    done = run_cli("diff", *sorted(SEEDS.glob("00[01]*")), "--only", "differ", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 1
    assert {finding["relation"] for finding in report["findings"]} == {"differ"}
    assert {card["relation"] for card in report["cards"]} == {"differ"}
    assert report["only_in"] == []
    assert report["settings"]["only"] == ["differ"]


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("md", "# "), ("html", "<!doctype html>")])
def test_diff_in_other_forms(run_cli, write, form, start):
    done = run_cli("diff", *write(a=FLOOD, b=FLOOD.replace("12 people", "15 people")), "--format", form)
    assert done.code == 1
    assert done.out.lower().startswith(start)
    assert "15 people" in re.sub(r"<[^>]+>|\*", "", done.out)


def test_a_changed_number_between_two_versions(run_cli, write):
    done = run_cli("diff", *write(a=FLOOD, b=FLOOD.replace("12 people", "15 people")))
    assert done.code == 1
    assert "≠ changed · number" in done.out
    assert "«12»" in done.out
    assert "«15»" in done.out
    assert done.out.index("«12»") < done.out.index("«15»"), "undated versions stand in the order given"


def test_versions_in_the_other_order(run_cli, write):
    a, b = write(a=FLOOD, b=FLOOD.replace("12 people", "15 people"))
    out = run_cli("diff", b, a).out
    assert out.index("«15»") < out.index("«12»")


def test_dated_versions_stand_in_order_of_time_however_given(run_cli, tmp_path):
    rows = [("2031-05-04", "15 people"), ("2031-05-03", "12 people")]
    for day, people in rows:
        row = {"source": "Harrow Post", "published": day, "text": FLOOD.replace("12 people", people)}
        (tmp_path / f"{day[-2:]}.jsonl").write_text(json.dumps(row))
    one = run_cli("diff", tmp_path / "03.jsonl", tmp_path / "04.jsonl")
    assert one.code == 1
    assert one.out.index("«12»") < one.out.index("«15»")
    assert run_cli("diff", tmp_path / "04.jsonl", tmp_path / "03.jsonl").out == one.out


def test_added_and_dropped_sentences(run_cli, write):
    new = FLOOD.replace("Schools will stay shut until Thursday.", "Two villages upstream lost power in the night.")
    a, b = write(a=FLOOD, b=new)
    done = run_cli("diff", a, b)
    assert done.code == 1
    assert "+ Added\n  - Two villages upstream lost power" in done.out
    assert "− Dropped\n  - Schools will stay shut" in done.out
    only = run_cli("diff", a, b, "--only", "differ")
    assert only.code == 0, "what was added is not among what is shown"
    assert "Two villages" not in only.out


def test_versions_that_differ_in_punctuation_alone(run_cli, write):
    done = run_cli("diff", *write(a=FLOOD, b=FLOOD.replace("volunteers, who", "volunteers – who")))
    assert done == (0, "The two versions say the same; they differ in punctuation, spaces or capitals alone.\n", "")


def test_identical_files(run_cli, write):
    a, b = write(a=FLOOD, b=FLOOD)
    done = run_cli("diff", a, b)
    assert (done.code, done.out) == (0, "The articles are the same; nothing differs.\n")
    assert done.err == f"skipped {b}: same text as {a}\n"
    assert run_cli("diff", a, a) == (0, done.out, "")


def test_identical_files_as_json_are_still_json(run_cli, write):
    done = run_cli("diff", *write(a=FLOOD, b=FLOOD), "--format", "json", "-q")
    assert done.code == 0
    assert done.err == ""
    report = json.loads(done.out)
    assert report["findings"] == []
    assert report["skipped"][0]["reason"].startswith("same text as")


def test_progress_on_a_terminal_and_nothing_of_it_in_the_pipe(write, tmp_path):
    paths = write(a=FLOOD, b=FLOOD.replace("12 people", "15 people"))
    command = [sys.executable, "-m", "detector", "diff", *map(str, paths)]
    master, slave = pty.openpty()
    with (
        (tmp_path / "out").open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=slave, cwd=ROOT, env=os.environ | {"TERM": "xterm"}) as child,
    ):
        os.close(slave)
        shown = b"".join(read_terminal(master))
    assert b"reading claims" in shown
    printed = (tmp_path / "out").read_bytes()
    assert b"changed" in printed
    assert b"\x1b" not in printed
    assert b"reading claims" not in printed
    assert child.returncode == 1


def read_terminal(master):
    """Yield what a process writes to its terminal until it ends; Linux then answers with an input/output error."""
    with contextlib.suppress(OSError):
        while part := os.read(master, 4096):
            yield part
    os.close(master)


def test_a_reader_that_leaves_early_is_no_error(write):
    a, b = write(a=FLOOD, b=FLOOD.replace("12 people", "15 people"))
    script = f"set -o pipefail; {sys.executable} -m detector diff {a} {b} --format html | head -c 20"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr
    assert done.stdout.lower().startswith("<!doctype html>")


def test_a_terminal_without_unicode_is_served(write):
    paths = write(a=FLOOD, b=FLOOD.replace("12 people", "15 people"))
    done = run_apart("diff", *paths, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr == ""
    assert "!= changed" in done.stdout


def test_two_articles_with_one_id_are_refused():
    from conftest import make_article

    from detector import ReadError, compare

    with pytest.raises(ReadError, match="two articles have the id 'x'; give each article an id of its own"):
        compare([make_article("One.", name="x"), make_article("Two.", name="x")])


# --- topics


def test_topics_lists_labels_terms_and_speakers(run_cli):
    done = run_cli("topics", SEEDS)
    assert done.code == 0
    assert "ceasefire" in done.out
    assert re.search(r"\d+ topics\s*$", done.out)


def test_a_topic_of_ones_own_stands_first(run_cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    done = run_cli("topics", SEEDS, "--topic", "troop numbers: soldiers, deployment", "--topic", "border surveillance")
    rows = [line for line in done.out.splitlines() if line.startswith(("│", "|"))]
    assert rows[0].split("│")[1].strip() == "troop numbers"
    assert "soldiers, deployment" in rows[0]
    assert "border surveillance" in done.out


def test_names_that_match_nothing_are_told_and_left_out(run_cli):
    names = [word for number in range(20) for word in ("--topic", f"oil price {number}")]
    done = run_cli("topics", SEEDS, *names, "--topic", "troop numbers: soldiers")
    assert done.code == 0
    assert "oil price" not in done.out
    assert "troop numbers" in done.out
    (line,) = [line for line in done.err.splitlines() if line.startswith("no claim is on your topic")]
    assert "'oil price 0'" in line
    assert "and 10 more: left out; describe it with terms" in line
    assert run_cli("topics", SEEDS, "--topic", "oil price", "--quiet").err == ""


def test_topics_print_their_claims_with_how_sure_they_are(run_cli):
    done = run_cli("topics", SEEDS, "--topic", "troop numbers: soldiers, deployment", "--claims")
    own = done.out.split("troop numbers (yours)")[1].split("\n\n")[0]
    assert re.search(r"(0\.9\d|1\.00) sure  \S.*: ", own)
    assert "10,000 and 30,000" in " ".join(own.split())


def test_topics_in_other_forms(run_cli, tmp_path):
    (tmp_path / "quick.toml").write_text('nli = ""\n')
    own = "--topic", "troop numbers: soldiers, deployment", "--settings", tmp_path / "quick.toml"
    report = json.loads(run_cli("topics", SEEDS, *own, "--format", "json").out)
    topic = report["topics"][0]
    assert (topic["label"], topic["named"]) == ("troop numbers", True)
    assert len(topic["strength"]) == len(topic["claims"])
    rows = run_cli("topics", SEEDS, *own, "--format", "csv").out.splitlines()
    assert len(rows) == len(report["topics"]) + 1
    assert any("troop numbers" in row for row in rows)
    claims = run_cli("topics", SEEDS, *own, "--format", "csv", "--claims").out
    assert "troop numbers" in claims
    assert "10,000 and 30,000" in claims


def test_topics_of_several_stories_stand_under_their_titles(run_cli, write, tmp_path):
    write(a=FLOOD, b=OTHER_FLOOD, c=ELECTION, d=OTHER_ELECTION)
    out = run_cli("topics", tmp_path).out
    places = [
        max(out.find(text.splitlines()[0]) for text in pair)
        for pair in ((FLOOD, OTHER_FLOOD), (ELECTION, OTHER_ELECTION))
    ]
    assert min(places) == 0, "a title comes first"
    assert "topic" in out[: max(places)], "and the second one after the first one's table"


def test_topics_and_settings_come_from_detector_toml(run_cli, tmp_path, monkeypatch):
    (tmp_path / "detector.toml").write_text('top_k = 5\n[topics]\n"truce talks" = "ceasefire, truce"\n')
    monkeypatch.chdir(tmp_path)
    assert "truce talks" in run_cli("topics", SEEDS).out
    run_cli("report", SEEDS, "-o", "out", "--topic", "money")
    settings = read_report(tmp_path / "out")["settings"]
    assert settings["topics"] == {"truce talks": ["ceasefire", "truce"], "money": []}
    assert settings["top_k"] == 5


def test_an_unknown_key_in_the_settings_lists_the_known(run_cli, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("gaet = 0.5\n")
    done = run_cli("report", SEEDS, "--settings", path)
    assert done.code == 2
    assert done.err.startswith(
        f"detector: {path}: unknown key 'gaet'; known are: cache, cache_mb, check_confidence, engine, gate, "
    )
    assert done.err.count("\n") == 1


# --- the command itself


def test_version(run_cli):
    from importlib.metadata import version

    assert run_cli("--version") == (0, f"detector {version('detector')}\n", "")


@pytest.mark.parametrize("command", ["report", "diff", "topics"])
def test_help_has_an_example_that_parses(run_cli, command):
    done = run_cli(command, "--help")
    assert done.code == 0
    example = re.search(rf"Example: detector {command} (.+)", done.out)
    assert example
    options = set(re.findall(r"(?<!\w)--?[a-z]+", example.group(1)))
    assert options <= set(re.findall(r"(?<!\w)--?[a-z]+", done.out.replace(example.group(), "")))


def test_help_lists_the_kinds_of_files_that_are_read(run_cli):
    from detector.read import READERS

    assert " ".join(READERS) in run_cli("report", "--help").out


def test_no_command_shows_the_help(run_cli):
    assert run_cli() == run_cli("--help")
    assert "Commands:" in run_cli().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'; see detector --help"),
        (["report"], "Missing argument"),
        (["report", "x", "--bogus"], "No such option: --bogus; see detector report --help"),
        (
            ["diff", "x", "--format", "pdf"],
            "'pdf' is not one of 'text', 'json', 'md', 'html'; see detector diff --help",
        ),
        (["diff", "x", "--only", "agree,clash"], "--only 'agree,clash': use one or more of differ, develop, agree"),
        (["diff", "x", "--only", ","], "--only ',': use one or more of differ, develop, agree"),
        (["diff", "x", "--min-confidence", "much"], "--min-confidence"),
        (["diff", "x", "--min-confidence", "3"], "min_confidence = 3.0 is out of range; it must be between 0 and 1"),
        (["report", "x", "--max-findings", "0"], "max_findings = 0 is out of range"),
        (["topics", "x", "--topic", ": soldiers"], "--topic ': soldiers' has no name"),
        (["topics", "x", "--topic", ""], "--topic '' has no name"),
        (["topics", "x", "--topic", "oil", "--topic", "Oil : gas"], "--topic 'Oil' is given twice; give it once"),
        (["topics", "x", "--format", "html"], "'html' is not one of 'text', 'json', 'csv'; see detector topics --help"),
        (["report", "x", "--settings", "/no/such.toml"], "/no/such.toml: cannot read the settings"),
        (["report", str(SEEDS), "--model", "/no/such/model"], "cannot load the embedding model '/no/such/model'"),
        (["report", str(SEEDS), "--nli", "/no/such/model"], "cannot load the NLI model '/no/such/model'"),
    ],
)
def test_wrong_calls_are_one_line_and_exit_code_2(run_cli, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    done = run_cli(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert message in done.err
    assert done.err.startswith("detector: ")
    assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_help_is_quick_and_loads_no_model():
    code = "import sys\nfrom detector.cli import main\ntry: main(['diff', '--help'])\nexcept SystemExit: pass\n"
    heavy = "torch", "spacy", "sklearn", "scipy", "numpy", "pandas", "jinja2"
    code += f"print([name for name in {heavy!r} if name in sys.modules])"
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - start)
        assert done.stdout.splitlines()[-1] == "[]"
    assert min(seconds) < 1
