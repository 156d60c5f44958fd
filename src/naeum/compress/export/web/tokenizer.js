// Which numbers does a model read of a text? tokenizer.json of the package tokenizers: word pieces, unigrams, byte pairs.

import { normalizer, splitter } from "./normal.js";

export class Tokenizer {
  constructor(document) {
    this.normal = normalizer(document.normalizer);
    this.split = splitter(document.pre_tokenizer);
    this.model = vocabulary(document.model);
    const added = document.added_tokens ?? [];
    this.raw = finder(added.filter((one) => !one.normalized), (text) => text);
    this.late = finder(added.filter((one) => one.normalized), this.normal);
    this.frame = frame(document.post_processor);
    this.most = document.truncation?.max_length ?? Infinity;
  }

  // {ids, types} of a text, or of a pair of texts.
  encode(first, second = null) {
    const parts = [this.pieces(first)];
    if (second !== null) parts.push(this.pieces(second));
    const pattern = this.frame(parts.length > 1);
    const room = Math.max(0, this.most - pattern.filter((one) => one.part === undefined).flatMap((one) => one.ids).length);
    cut(parts, room);
    const ids = [], types = [];
    for (const one of pattern) {
      for (const id of one.part === undefined ? one.ids : parts[one.part]) {
        ids.push(id);
        types.push(one.type);
      }
    }
    return { ids, types };
  }

  pieces(text) {
    const found = [];
    let begun = false;
    for (const part of this.raw(text)) {
      if (part.id !== undefined) { found.push(part.id); begun = true; continue; }
      for (const inner of this.late(this.normal(part.text))) {
        if (inner.id !== undefined) found.push(inner.id);
        else for (const word of this.split(inner.text, !begun)) if (word) this.model(word, found);
        begun = true;
      }
    }
    return found;
  }
}

// Where added words stand in a text: parts with a text, or with the id of such a word. The longest is taken.
function finder(added, normal) {
  if (!added.length) return (text) => (text ? [{ text }] : []);
  const known = new Map(added.map((one) => [normal(one.content), one]));
  const words = [...known.keys()].sort((a, b) => b.length - a.length).map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const pattern = new RegExp(words.join("|"), "gu");
  const letter = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u;
  return (text) => {
    const found = [];
    let done = 0;
    for (const match of text.matchAll(pattern)) {
      const one = known.get(match[0]);
      let low = match.index, high = low + match[0].length;
      if (low < done) continue;
      const before = Array.from(text.slice(0, low)).pop() ?? " ", after = Array.from(text.slice(high, high + 2))[0] ?? " ";
      if (one.single_word && (letter.test(before) || letter.test(after))) continue;
      if (one.lstrip) low = Math.max(done, text.slice(0, low).replace(/\p{White_Space}+$/u, "").length);
      if (one.rstrip) high += text.slice(high).match(/^\p{White_Space}*/u)[0].length;
      if (low > done) found.push({ text: text.slice(done, low) });
      found.push({ id: one.id });
      done = high;
    }
    if (done < text.length) found.push({ text: text.slice(done) });
    return found;
  };
}

// What stands around one text or two: special ids, and the places of the texts.
function frame(spec) {
  const plain = (pair) => (pair ? [{ part: 0, type: 0 }, { part: 1, type: 1 }] : [{ part: 0, type: 0 }]);
  if (!spec || spec.type === "ByteLevel") return plain;
  if (spec.type === "Sequence") return frame(spec.processors.find((one) => one.type !== "ByteLevel"));
  if (spec.type === "TemplateProcessing") {
    const read = (one) => one.SpecialToken
      ? { ids: spec.special_tokens[one.SpecialToken.id].ids, type: one.SpecialToken.type_id }
      : { part: one.Sequence.id === "A" ? 0 : 1, type: one.Sequence.type_id };
    return (pair) => (pair ? spec.pair : spec.single).map(read);
  }
  if (spec.type === "BertProcessing" || spec.type === "RobertaProcessing") {
    const roberta = spec.type === "RobertaProcessing", after = { ids: [spec.sep[1]], type: 0 }, second = roberta ? 0 : 1;
    const one = [{ ids: [spec.cls[1]], type: 0 }, { part: 0, type: 0 }, after];
    const other = [...(roberta ? [after] : []), { part: 1, type: second }, { ids: [spec.sep[1]], type: second }];
    return (pair) => (pair ? [...one, ...other] : one);
  }
  throw new Error(`a tokenizer must be of a known kind; got the post-processor ${spec.type}; use predict.py`);
}

// Cut what is too long, of a pair the longer text first.
function cut(parts, room) {
  if (parts.reduce((sum, one) => sum + one.length, 0) <= room) return;
  if (parts.length === 1) { parts[0].length = room; return; }
  let [short, long] = parts[0].length <= parts[1].length ? [0, 1] : [1, 0];
  let few = parts[short].length, many = few > room ? few : Math.max(few, room - few);
  if (few + many > room) { few = Math.floor(room / 2); many = few + (room % 2); }
  parts[short].length = Math.min(few, parts[short].length);
  parts[long].length = Math.min(many, parts[long].length);
}

// Gives (word, ids) -> nothing: puts the pieces of a word behind ids.
function vocabulary(model) {
  const type = model.type ?? (model.merges ? "BPE" : Array.isArray(model.vocab) ? "Unigram" : "WordPiece");
  if (type === "WordPiece") return wordPieces(model);
  if (type === "Unigram") return unigrams(model);
  if (type === "BPE") return bytePairs(model);
  throw new Error(`a tokenizer must be of a known kind; got the model ${type}; use predict.py`);
}

function wordPieces(model) {
  const known = new Map(Object.entries(model.vocab)), unknown = known.get(model.unk_token);
  const prefix = model.continuing_subword_prefix ?? "##", most = model.max_input_chars_per_word ?? 100;
  return (word, ids) => {
    const signs = Array.from(word), found = [];
    if (signs.length > most) { ids.push(unknown); return; }
    for (let low = 0; low < signs.length;) {
      let high = signs.length, id;
      for (; high > low; high -= 1) {
        id = known.get((low ? prefix : "") + signs.slice(low, high).join(""));
        if (id !== undefined) break;
      }
      if (id === undefined) { ids.push(unknown); return; }
      found.push(id);
      low = high;
    }
    ids.push(...found);
  };
}

const FAINT = 10; // how much less probable an unknown sign is than the least probable piece

// The most probable pieces (Kudo 2018, "Subword regularization").
function unigrams(model) {
  const known = new Map(model.vocab.map(([piece, score], id) => [piece, { id, score }]));
  const longest = model.vocab.reduce((most, [piece]) => Math.max(most, Array.from(piece).length), 1);
  const least = model.vocab.reduce((low, [, score]) => Math.min(low, score), Infinity) - FAINT;
  const coder = new TextEncoder();
  return (word, ids) => {
    const signs = Array.from(word), size = signs.length;
    const best = new Array(size + 1).fill(-Infinity), from = new Array(size + 1).fill(-1), which = new Array(size + 1).fill(null);
    best[0] = 0;
    for (let low = 0; low < size; low += 1) {
      let single = false;
      for (let high = low + 1, piece = ""; high <= Math.min(size, low + longest); high += 1) {
        piece += signs[high - 1];
        const one = known.get(piece);
        if (!one) continue;
        if (high === low + 1) single = true;
        if (from[high] < 0 || best[low] + one.score > best[high]) [best[high], from[high], which[high]] = [best[low] + one.score, low, one.id];
      }
      if (!single && (from[low + 1] < 0 || best[low] + least > best[low + 1])) {
        [best[low + 1], from[low + 1], which[low + 1]] = [best[low] + least, low, null];
      }
    }
    const found = [];
    for (let high = size; high > 0; high = from[high]) found.push({ id: which[high], text: signs.slice(from[high], high).join("") });
    found.reverse();
    for (let at = 0; at < found.length; at += 1) {
      if (found[at].id !== null) { ids.push(found[at].id); continue; }
      let text = found[at].text;
      while (at + 1 < found.length && found[at + 1].id === null) text += found[++at].text; // unknown signs are one
      const bytes = model.byte_fallback
        ? Array.from(coder.encode(text), (byte) => known.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`)?.id) : [];
      if (bytes.length && bytes.every((id) => id !== undefined)) ids.push(...bytes);
      else ids.push(known.get(text)?.id ?? model.unk_id);
    }
  };
}

function bytePairs(model) {
  const known = new Map(Object.entries(model.vocab)), rank = new Map();
  model.merges.forEach((one, at) => {
    const [left, right] = Array.isArray(one) ? one : one.split(" ");
    rank.set(`${left} ${right}`, at);
  });
  const unknown = known.get(model.unk_token);
  return (word, ids) => {
    if (model.ignore_merges && known.has(word)) { ids.push(known.get(word)); return; }
    let parts = Array.from(word);
    for (;;) {
      let best = Infinity, where = -1;
      for (let at = 0; at + 1 < parts.length; at += 1) {
        const found = rank.get(`${parts[at]} ${parts[at + 1]}`);
        if (found !== undefined && found < best) [best, where] = [found, at];
      }
      if (where < 0) break;
      parts.splice(where, 2, parts[where] + parts[where + 1]);
    }
    for (const part of parts) {
      const id = known.get(part) ?? unknown;
      if (id !== undefined) ids.push(id);
    }
  };
}
