"""How fast the language model is: words a second beside a spaCy CNN pipeline, start-up and peak memory.

Everything is measured in processes of its own, held to one thread, on the same generated news text in the same run.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from claimx.language import embedded_model_path

_LIBRARIES: Final = ("OMP", "OPENBLAS", "MKL", "BLIS")
_ONE_THREAD: Final = {f"{name}_NUM_THREADS": "1" for name in _LIBRARIES}
_EXTRACT: Final = "from claimx.cli import main; main()"
_LESSONS: Final = 40
_ARTICLE_PARAGRAPHS: Final = 12


def generate_articles(words: int, *, seed: int = 1) -> list[str]:
    """News-like articles of together at least `words` words, the same for the same seed."""
    with (Path(__file__).parent / "news.toml").open("rb") as file:
        table = tomllib.load(file)
    chance = random.Random(seed)  # noqa: S311 - drawing sentences, no secrets
    articles: list[str] = []
    count = 0
    while count < words:
        paragraphs = []
        for _ in range(_ARTICLE_PARAGRAPHS):
            drawn = chance.sample(table["sentences"], chance.randint(1, 3))
            names = {name: chance.choice(values) for name, values in table["names"].items()}
            paragraphs.append(" ".join(sentence.format(**names) for sentence in drawn))
        articles.append("\n\n".join(paragraphs))
        count += len(articles[-1].split())
    return articles


def build_cnn(teacher: Language, articles: Sequence[str]) -> Language:
    """A spaCy pipeline of the usual CNN components, shown a few batches of `teacher`'s own annotations.

    Enough for its parser and entity recognizer to act as trained ones do, which their speed depends on; its accuracy
    means nothing.
    """
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"):
        config: dict[str, Any] = {}
        if name != "tok2vec":
            listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
            config = {"model": {"tok2vec": listener}}
        nlp.add_pipe(name, config=config)
    gold = list(teacher.pipe(articles))
    sentences = [sent.as_doc() for doc in gold for sent in doc.sents]
    examples = []
    for sentence in sentences:
        words = [token.text for token in sentence]
        spaces = [bool(token.whitespace_) for token in sentence]
        examples.append(Example(Doc(nlp.vocab, words=words, spaces=spaces), sentence))
    optimizer = nlp.initialize(lambda: examples)
    chance = random.Random(0)  # noqa: S311 - drawing sentences, no secrets
    for _ in range(_LESSONS):
        nlp.update(chance.sample(examples, min(32, len(examples))), sgd=optimizer)
    return nlp


def measure(nlp: Language, articles: Sequence[str]) -> dict[str, float]:
    """Words and seconds of `nlp` over the articles, after one article to warm up."""
    nlp(articles[0])
    best = float("inf")
    words = 0
    for _ in range(2):
        begun = time.perf_counter()
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(articles))
        best = min(best, time.perf_counter() - begun)
    return {"words": words, "seconds": best, "words_a_second": words / best}


def _child(what: str, words: int, model: str | None) -> dict[str, Any]:
    """What the measuring process prints."""
    from claimx.language import load_model

    articles = generate_articles(words)
    nlp = load_model(model)
    if what == "cnn":
        nlp = build_cnn(nlp, generate_articles(3000, seed=2))
    result: dict[str, Any] = dict(measure(nlp, articles))
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result["components"] = list(nlp.pipe_names)
    return result


def _in_process(what: str, words: int, model: str | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "claimx_benchmarks", "speed", "--child", what, "--words", str(words)]
    command += ["--model", model] if model else []
    done = subprocess.run(  # noqa: S603 - our own interpreter and arguments
        command, env={**os.environ, **_ONE_THREAD}, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def cpu_seconds(command: Sequence[str]) -> float:
    """The CPU time, user and system, that a command and its children take. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env={**os.environ, **_ONE_THREAD}, capture_output=True, check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _least_cpu_seconds(command: Sequence[str], runs: int = 5) -> float:
    """The least CPU time that a command took."""
    return min(cpu_seconds(command) for _ in range(runs))


def cold_start(model: str | None) -> dict[str, float]:
    """CPU seconds of ``import spacy``, of ``spacy.load`` too, and of ``claimx extract`` on one short file."""
    load = f"import spacy; spacy.load({model or str(embedded_model_path())!r})"
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text("Two officials said on Monday that the troops had left Tartus for Benghazi.\n", "utf-8")
        extract = [sys.executable, "-c", _EXTRACT, "extract", str(article), "-f", "json"]
        extract += ["--model", model] if model else []
        return {
            "import_spacy": _least_cpu_seconds([sys.executable, "-c", "import spacy"]),
            "spacy_load": _least_cpu_seconds([sys.executable, "-c", load]),
            "claimx_extract": _least_cpu_seconds(extract),
        }


def run_speed(words: int, model: str | None) -> dict[str, Any]:
    """Every measurement, as a plain dictionary."""
    return {
        "text_words": words,
        "claimx": _in_process("claimx", words, model),
        "cnn": _in_process("cnn", words, model),
        "cold_start_cpu_seconds": cold_start(model),
    }


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark named by the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m claimx_benchmarks speed")
    parser.add_argument("--words", type=int, default=20_000, help="words of generated news text")
    parser.add_argument("--model", default=None, help="a pipeline other than the embedded one")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--child", choices=["claimx", "cnn"], default=None, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    out = sys.stdout
    if options.child:
        json.dump(_child(options.child, options.words, options.model), out)
        return 0
    result = run_speed(options.words, options.model)
    if options.json:
        json.dump(result, out, indent=2)
        out.write("\n")
        return 0
    out.write(f"{result['claimx']['words']} words of generated news text, one process, one thread\n")
    notes = {
        "claimx": "this model",
        "cnn": "a spaCy CNN (tok2vec 96 wide) taught for seconds: its speed, not its accuracy",
    }
    for name, note in notes.items():
        row = result[name]
        out.write(f"{name:<8} {row['words_a_second']:8.0f} words/s  peak {row['peak_mb']:4.0f} MB  {note}\n")
        out.write(f"{'':<8} components: {', '.join(row['components'])}\n")
    cold = result["cold_start_cpu_seconds"]
    out.write("cold start, CPU seconds\n")
    for name, seconds in cold.items():
        ratios = (seconds / cold["import_spacy"], seconds / cold["spacy_load"])
        out.write(f"{name:<20} {seconds:5.2f}  {ratios[0]:4.2f} x import spacy  {ratios[1]:4.2f} x spacy.load\n")
    return 0
