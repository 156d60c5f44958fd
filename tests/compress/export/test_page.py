"""Does the page beside an export read what the program reads, and answer in a browser as it does?"""

import base64
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from naeum.compress.export import folder, page, standin
from naeum.compress.export.parity import cells
from naeum.compress.reading import reader
from naeum.errors import InputError
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.conformal import WithEnds
from naeum.model.around.thresholded import Cut
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.ridge import TfidfRidge
from naeum.testing.data import ODD_TEXTS
from naeum.testing.worlds import korean, labels, numbers, ordered, pairs

NODE, CHROMIUM = shutil.which("node"), shutil.which("chromium") or shutil.which("google-chrome")
# Of the user who runs the tests, which have a home of their own.
KEPT = Path(pwd.getpwuid(os.getuid()).pw_dir, ".cache", *page.cache().parts[-2:])
SECONDS = 120  # for a browser to start and answer on a busy machine

ASKING = """
import { open } from "./page/answer.js";
import { readFile, writeFile } from "node:fs/promises";
const read = async (name) => new Uint8Array(await readFile(name)).buffer;
const model = await open(".", read);
const rows = JSON.parse(await readFile("rows.json", "utf8"));
await writeFile("told.json", JSON.stringify({ scores: await model.scores(rows), answers: await model.predict(rows) }));
"""
BROWSING = """<!doctype html><script type="module">
import { open } from "./page/answer.js";
let told;
try {
  const model = await open("."), rows = await (await fetch("rows.json")).json();
  told = { scores: await model.scores(rows), answers: await model.predict(rows) };
} catch (error) { told = { error: String(error) }; }
await fetch("told", { method: "POST", body: JSON.stringify(told) });
</script>"""


class Listening(SimpleHTTPRequestHandler):
    """A server of files that keeps what a page sends back."""

    def do_POST(self):
        self.server.told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        self.server.done.set()

    def log_message(self, *_):
        """Tests are quiet."""


def in_node(place, rows):
    """What the module answers in node."""
    (place / "page" / "package.json").write_text('{"type": "module"}')
    (place / "asking.mjs").write_text(ASKING, encoding="utf-8")
    (place / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    subprocess.run([NODE, "asking.mjs"], cwd=place, check=True, capture_output=True, timeout=SECONDS)
    return json.loads((place / "told.json").read_text(encoding="utf-8"))


def in_browser(place, rows, profile):
    """What the module answers in a headless browser that is told no other address than the server's."""
    (place / "asking.html").write_text(BROWSING, encoding="utf-8")
    (place / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Listening, directory=str(place))) as server:
        server.done = threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={profile}",
            f"http://127.0.0.1:{server.server_port}/asking.html",
        ]  # fmt: skip
        browser = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            assert server.done.wait(SECONDS), "the browser did not answer"
        finally:
            browser.kill()
            browser.wait()
            server.shutdown()
    return server.told


def equal(place, rows, told):
    """Hold what JavaScript told against what the program of the folder tells."""
    model = reader.Model(place, 1)
    own = model.scores(rows)
    np.testing.assert_allclose(told["scores"], own, atol=1e-4, rtol=1e-4)
    for one, other in zip(model.predict(rows), told["answers"], strict=True):
        if isinstance(one["prediction"], float):
            assert other["prediction"] == pytest.approx(one["prediction"], rel=1e-4)
            assert (other["low"], other["high"]) == pytest.approx((one["low"], one["high"]), rel=1e-4)
        else:
            assert other["prediction"] == one["prediction"]
            assert other["confidence"] == pytest.approx(one["confidence"], abs=1e-4)


MODELS = {
    "n-grams": (korean, TfidfLogistic(words=(1, 2), chars=(2, 4))),
    "labels": (labels, TfidfLogistic()),
    "two columns": (pairs, NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1)),
    "numbers": (numbers, TfidfRidge(c=1.0)),
    "ordered": (ordered, TfidfLogistic(c=0.1, lowercase=False, sublinear=False)),
    "a floor": (korean, Majority()),
    "a blend": (korean, Calibrated(Blend((TfidfLogistic(), Majority()), weights=(0.7, 0.3)), temperature=1.4)),
}


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize("name", MODELS)
def test_models_without_graphs_are_answered_alike(name, run, tmp_path):
    world, learner = MODELS[name]
    given = world.parts(48)
    fitted = learner.fit(given, run)
    if name == "labels":
        fitted = Cut(fitted, tuple(np.linspace(0.2, 0.8, len(given.fit.task.classes))))
    fitted = WithEnds(fitted, 2.5) if name == "numbers" else fitted
    place = tmp_path / "model"
    card = folder.export(fitted, place, given.tune.rows, change=page.after(None))
    assert card["page"] == {"index": "index.html"} and "http.server" in (place / "README.md").read_text("utf-8")
    rows = [[cell or "" for cell in row] for row in cells(given.tune.rows, fitted.task.inputs)]
    odd = [[text] * len(fitted.task.inputs) for text in ODD_TEXTS if len(text) < 5000]
    equal(place, rows + odd, in_node(place, rows + odd))


TOKENIZING = """
import { Tokenizer } from "./page/tokenizer.js";
import { readFile, writeFile } from "node:fs/promises";
const json = async (name) => JSON.parse(await readFile(`${name}.json`, "utf8"));
const made = new Tokenizer(await json("tokenizer"));
const told = (await json("texts")).map((text) => made.encode(text));
const both = (await json("pairs")).map((pair) => made.encode(...pair));
await writeFile("told.json", JSON.stringify([...told, ...both]));
"""
MANY = 2_000  # texts that are tokenized by both


def many_texts():
    """Hangul, syllables and letters, accents, emoji, marks, blanks of all kinds, unknown signs, added words."""
    rng = np.random.default_rng(0)
    ranges = [(32, 127)] * 12 + [
        (0xA1, 0x250), (0x370, 0x3FF), (0x400, 0x4FF), (0x1100, 0x1200), (0x2000, 0x2070), (0x3041, 0x30FF),
        (0x4E00, 0x4F00), (0xAC00, 0xD7A4), (0xAC00, 0xD7A4), (0xFF01, 0xFFE0), (0x1F300, 0x1F64F), (0x300, 0x340),
    ]  # fmt: skip
    words = ["좋은", "영화", "café", "the", "going", "unhappiness", "한국어", "[MASK]", "<s>", "don't", "👨‍👩‍👧"]
    found = [text[:2_000] for text in ODD_TEXTS] + [
        "ＡＢａ ﬁn ①② ㈜나음",
        "\u1100\u1161\u11ab e\u0301 ｶ\uff9e\u3000\u200b",
    ]
    for _ in range(MANY):
        signs = [
            chr(int(rng.integers(*ranges[int(rng.integers(len(ranges)))]))) for _ in range(int(rng.integers(1, 40)))
        ]
        places = rng.integers(len(words), size=3)
        found.append("".join(signs) + " ".join(words[at] for at in places))
    return found


def word_pieces():
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(many_texts(), trainers.WordPieceTrainer(vocab_size=1500, special_tokens=special))
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def unigrams():
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("``", '"')])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=600, special_tokens=special, unk_token="<unk>", show_progress=False)
    made.train_from_iterator([text[-16:] for text in many_texts()[::20]], trainer)  # most signs stay unknown
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def charsmap():
    """A table of replacements as SentencePiece compiled it: wide and compatible signs, accents."""
    from tokenizers import normalizers

    made = unigrams()
    compiled = base64.b64decode((Path(__file__).parent / "charsmap.b64").read_text(encoding="ascii"))
    own = normalizers.Precompiled(compiled)
    assert own.normalize_str("Ａ ㈜ e\u0301") == "A (주) é"
    made.normalizer = own
    return made


def byte_pairs():
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )  # fmt: skip
    made.train_from_iterator(many_texts()[::2], trainer)
    made.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    return made


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize("make", [word_pieces, unigrams, charsmap, byte_pairs])
def test_thousands_of_texts_are_tokenized_alike(make, tmp_path):
    own, texts = make(), many_texts()
    own.enable_truncation(32)
    own.save(str(tmp_path / "tokenizer.json"))
    shutil.copytree(page.WEB, tmp_path / "page")
    asked = [[texts[at], texts[-at]] for at in range(1, 400)]
    for name, found in (("texts", texts), ("pairs", asked)):
        (tmp_path / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "page" / "package.json").write_text('{"type": "module"}')
    (tmp_path / "asking.mjs").write_text(TOKENIZING, encoding="utf-8")
    subprocess.run([NODE, "asking.mjs"], cwd=tmp_path, check=True, capture_output=True, timeout=SECONDS)
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    encoded = [*own.encode_batch(texts), *own.encode_batch([tuple(pair) for pair in asked])]
    unlike = [
        (text, one.ids, other["ids"])
        for text, one, other in zip([*texts, *asked], encoded, told, strict=True)
        if (one.ids, one.type_ids) != (other["ids"], other["types"])
    ]
    assert unlike == []


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_browser_answers_without_graphs(run, tmp_path):
    given = korean.parts(48)
    place = tmp_path / "model"
    folder.export(TfidfLogistic().fit(given, run), place, given.tune.rows, change=page.after(None))
    rows = [*cells(given.tune.rows, ("text",)), ["좋은 영화 👍"]]
    equal(place, rows, in_browser(place, rows, tmp_path / "profile"))


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.skipif(not all((KEPT / name).is_file() for name in page.TAKEN), reason=f"no {page.FETCH} was kept before")
def test_a_browser_answers_with_encoders(exported, parts, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "cache", lambda: KEPT)
    place = shutil.copytree(exported[0], tmp_path / "model")
    assert page.add(place, exported[1])["page"]["onnxruntime-web"] == page.VERSION
    rows = [*cells(parts.tune.rows, ("text",)), *([text] for text in ODD_TEXTS if len(text) < 5000)]
    equal(place, rows, in_browser(place, rows, tmp_path / "profile"))


FALLING = """
import { open } from "./page/answer.js";
import { readFile, writeFile } from "node:fs/promises";
const model = await open(".", async (name) => new Uint8Array(await readFile(name)).buffer);
await writeFile("told.json", JSON.stringify(await model.predict(["좋은 영화", "지루하다"])));
"""


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_a_page_whose_graph_cannot_compute_answers_by_its_fallback(plain, parts, run, tmp_path):
    place = shutil.copytree(plain[0], tmp_path / "model")
    ngrams = TfidfLogistic().fit(parts, run)
    folder.describe(place, standin.add(place, plain[1], ngrams, parts.tune.rows, 50.0))
    shutil.copytree(page.WEB, place / "page")  # without onnxruntime-web
    (place / "page" / "package.json").write_text('{"type": "module"}')
    (place / "asking.mjs").write_text(FALLING, encoding="utf-8")
    subprocess.run([NODE, "asking.mjs"], cwd=place, check=True, capture_output=True, timeout=SECONDS)
    told = json.loads((place / "told.json").read_text(encoding="utf-8"))
    own = reader.Model(place, 1).guard.other([["좋은 영화"], ["지루하다"]])
    assert [one["prediction"] for one in told] == [one["prediction"] for one in own]
    assert all(one["by"] == "fallback" and "ort.wasm.bundle" in one["why"] for one in told)


def archive(place):
    """An archive that looks like that of onnxruntime-web."""
    inside = place / "package" / "dist"
    inside.mkdir(parents=True)
    for name in page.TAKEN:
        (inside / name).write_text(f"// {name}")
    with tarfile.open(place / "ort.tgz", "w:gz") as files:
        files.add(place / "package", "package")
    return place / "ort.tgz"


def test_the_runtime_is_taken_from_its_archive_once(exported, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    given = archive(tmp_path)
    monkeypatch.setattr(page, "DIGEST", base64.b64encode(hashlib.sha512(given.read_bytes()).digest()).decode())
    place = shutil.copytree(exported[0], tmp_path / "model")
    page.runtime(given)
    page.add(place, exported[1])
    assert "MIT License" in (place / "page" / page.LICENCE).read_text()
    os.remove(given)
    assert page.runtime() == tmp_path / "cache" / "naeum" / f"onnxruntime-web-{page.VERSION}"


def test_a_page_of_an_encoder_needs_the_runtime(exported, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(InputError, match=r"must have onnxruntime-web .* fetch it once with: npm pack onnxruntime-web@"):
        page.runtime()
    with pytest.raises(InputError, match=r"--runtime must name the archive of onnxruntime-web; .* is no file"):
        page.runtime(tmp_path / "nothing.tgz")
    with pytest.raises(InputError, match=r"as npm packs it; .* is another file; fetch it: npm pack"):
        page.runtime(archive(tmp_path))


def test_what_the_page_does_not_read_is_refused(exported, tmp_path):
    place, card = exported
    with pytest.raises(InputError, match="this one has a part of kind 'words'; export it with --to onnx, for Python"):
        page.check(place, {**card, "model": {"kind": "words"}})
    node = {"kind": "graph", "tokenizer": "odd.json", "base": "one"}
    odd = {"normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}]}, "model": {"type": "WordPiece"}}
    (tmp_path / "odd.json").write_text(json.dumps(odd))
    with pytest.raises(InputError, match="one has the normalizer Nmt; export it with --to onnx, for Python"):
        page.check(tmp_path, {**card, "model": node})


def test_every_word_of_the_page_is_said_in_both_tongues():
    text = (page.WEB / "page.js").read_text(encoding="utf-8")
    for name in ("title", "about", "lines", "busy", "empty", "stood", "other"):
        assert text.count(f" {name}:") == 2, name


def test_a_page_reads_texts_alone(tmp_path):
    card = {"task": {"kinds": ["number", "category"]}, "model": {"kind": "constant", "scores": [0.0]}}
    with pytest.raises(
        InputError, match="a page must be of a model that reads texts; this one reads category, number; exp"
    ):
        page.check(tmp_path, card)
    with pytest.raises(InputError, match="this one has a part of kind 'trees'; export it with --to onnx, for Python"):
        page.check(tmp_path, {**card, "model": {"kind": "trees"}})
