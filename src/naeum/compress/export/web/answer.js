// What does an exported model answer? As predict.py does, in a browser or wherever JavaScript runs.
//
//   import { open } from "./answer.js";
//   const model = await open(".");                 // the folder of model.json
//   await model.predict(["a text"]);               // [{ prediction: "…", confidence: 0.98 }]

import { arrays } from "./arrays.js";
import { Ngrams } from "./ngrams.js";
import { Tokenizer } from "./tokenizer.js";

const LEAST = 1e-12; // probabilities below it are taken as this, so that one certain member has no veto
const HAIR = 1e-6; // single precision: what is a tie up to rounding is one
const BUDGET = 4096; // padded tokens of a batch: larger ones leave the processor's cache
const RUNTIME = "./ort.wasm.bundle.min.mjs"; // of onnxruntime-web, beside this file

// `read(name)` gives a file of the folder as an ArrayBuffer; `runtime()` gives onnxruntime-web.
export async function open(folder = ".", read = fetched(folder), runtime = loaded) {
  const json = async (name) => JSON.parse(new TextDecoder().decode(await read(name)));
  const card = await json("model.json"), tools = { read, json, runtime };
  if (!card.fallback) return new Model(card, await part(card.model, card, tools));
  const inner = { ...card, cut: undefined, reach: undefined, ...card.fallback };
  const other = new Model(inner, await part(inner.model, inner, tools));
  const root = await part(card.model, card, tools).catch((error) => ({ scores: () => Promise.reject(error) }));
  return new Model(card, root, other);
}

function fetched(folder) {
  return async (name) => {
    const found = await fetch(`${folder}/${name}`);
    if (!found.ok) throw new Error(`the files of a model must lie in its folder; ${name} does not (${found.status})`);
    return found.arrayBuffer();
  };
}

async function loaded() {
  const runtime = await import(RUNTIME);
  runtime.env.wasm.wasmPaths = { wasm: new URL("./ort-wasm-simd-threaded.wasm", import.meta.url).href };
  runtime.env.wasm.numThreads = 1; // more need headers that plain servers do not send
  return runtime;
}

class Model {
  constructor(card, root, other = null) {
    this.other = other; // answers where this one fails
    this.card = card;
    this.task = card.task;
    this.root = root;
  }

  // An answer a row. A row is a text, or a list with the text of each input column.
  async predict(rows) {
    if (!this.other) return this.decided(await this.scores(rows));
    try {
      return this.decided(await this.scores(rows)).map((one) => ({ ...one, by: "main" }));
    } catch (error) {
      return (await this.other.predict(rows)).map((one) => ({ ...one, by: "fallback", why: `the main model failed: ${error.message}` }));
    }
  }

  // A list a row: logits or log-probabilities of classes, log odds of labels, one number.
  async scores(rows) {
    const cells = rows.map((row) => (Array.isArray(row) ? row : [row]).map((cell) => String(cell ?? "").toWellFormed()));
    return cells.length ? this.root.scores(cells) : [];
  }

  decided(scores) {
    const { output, classes, ordered } = this.task, { cut, reach } = this.card;
    return scores.map((row) => {
      const told = likely(row, output);
      if (output === "number") {
        const ends = reach === undefined ? {} : { low: row[0] - reach, high: row[0] + reach };
        return { prediction: row[0], ...ends };
      }
      if (output === "labels") {
        const yes = told.map((one, at) => Math.fround(one) >= Math.fround(cut ? cut[at] : 0.5));
        const confidence = told.reduce((product, one, at) => product * (yes[at] ? one : 1 - one), 1);
        return { prediction: classes.filter((_, at) => yes[at]), confidence, probabilities: told };
      }
      const best = ordered ? ranked(told, this.card) : row.indexOf(Math.max(...row));
      return { prediction: classes[best], confidence: told[best], probabilities: told };
    });
  }
}

async function part(node, card, tools) {
  const { output } = card.task;
  if (node.kind === "graph") return graph(node, tools);
  if (node.kind === "ngrams") return new Ngrams(node, arrays(await tools.read(node.file)));
  if (node.kind === "constant") return { scores: async (rows) => rows.map(() => node.scores) };
  const members = await Promise.all((node.members ?? []).map((one) => part(one, card, tools)));
  if (node.kind === "blend") {
    return {
      scores: async (rows) => {
        const lots = [];
        for (const one of members) lots.push((await one.scores(rows)).map((row) => pooled(row, output)));
        return rows.map((_, row) => lots[0][row].map((_, at) => lots.reduce((sum, lot, one) => sum + node.weights[one] * lot[row][at], 0)));
      },
    };
  }
  if (node.kind === "calibrated") {
    const cooled = (row) => pooled(row, "label").map((one) => one / node.temperature);
    return { scores: async (rows) => (await members[0].scores(rows)).map(cooled) };
  }
  throw new Error(`a part must be of a known kind; got ${node.kind}; use predict.py`);
}

async function graph(node, tools) {
  const runtime = await tools.runtime();
  const session = await runtime.InferenceSession.create(new Uint8Array(await tools.read(node.file)));
  const tokenizer = new Tokenizer(await tools.json(node.tokenizer));
  const read = (row) => {
    const found = node.pair ? tokenizer.encode(row[0], row[1]) : tokenizer.encode(row.filter(Boolean).join(" "));
    return found.ids.length ? found : { ids: [node.padding], types: [0] };
  };
  const run = async (found) => {
    const longest = found[0].ids.length, size = found.length * longest;
    const ids = new BigInt64Array(size).fill(BigInt(node.padding)), mask = new BigInt64Array(size), types = new BigInt64Array(size);
    found.forEach((row, at) => row.ids.forEach((id, place) => {
      ids[at * longest + place] = BigInt(id);
      mask[at * longest + place] = 1n;
      types[at * longest + place] = BigInt(row.types[place]);
    }));
    const given = { input_ids: ids, attention_mask: mask, token_type_ids: types };
    const named = Object.entries(given).filter(([name]) => session.inputNames.includes(name));
    const fed = Object.fromEntries(named.map(([name, data]) => [name, new runtime.Tensor("int64", data, [found.length, longest])]));
    const { data, dims } = Object.values(await session.run(fed))[0];
    return found.map((_, at) => Array.from(data.slice(at * dims[1], (at + 1) * dims[1])));
  };
  return {
    scores: async (rows) => {
      const found = rows.map(read), scores = new Array(rows.length);
      const order = found.map((_, at) => at).sort((a, b) => found[b].ids.length - found[a].ids.length);
      for (let start = 0; start < order.length;) {
        const which = order.slice(start, start + Math.max(1, Math.floor(BUDGET / found[order[start]].ids.length)));
        const told = await run(which.map((at) => found[at]));
        which.forEach((at, place) => { scores[at] = told[place]; });
        start += which.length;
      }
      return scores;
    },
  };
}

function likely(row, output) {
  if (output === "number") return row;
  if (output === "labels") return row.map((one) => 1 / (1 + Math.exp(-Math.min(60, Math.max(-60, one)))));
  const most = Math.max(...row), shifted = row.map((one) => Math.exp(one - most));
  const sum = shifted.reduce((total, one) => total + one, 0);
  return shifted.map((one) => one / sum);
}

// The class in an order: by cut points on the mean class number, its nearest class, or the median.
function ranked(told, card) {
  const mean = told.reduce((sum, one, at) => sum + one * at, 0);
  if (card.cut?.length) return card.cut.filter((one) => Math.fround(one) <= mean).length;
  if (card.answer === "median") {
    let sum = 0;
    return told.findIndex((one) => (sum += one) >= 0.5 - HAIR);
  }
  if (card.answer === "mean") return Math.min(told.length - 1, Math.max(0, Math.floor(mean + 0.5 + HAIR)));
  return told.indexOf(Math.max(...told));
}

// What is averaged in a blend: log-probabilities, log odds of labels, or numbers.
function pooled(row, output) {
  if (output === "label") return likely(row, output).map((one) => Math.log(Math.max(one, LEAST)));
  const edge = -Math.log(LEAST);
  return output === "labels" ? row.map((one) => Math.min(edge, Math.max(-edge, one))) : row;
}
