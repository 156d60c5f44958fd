// What do weights of known runs of words and characters say? tf-idf, every row of length one.

const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // what Python takes as blank
const WORD = new RegExp(`[\\p{L}\\p{N}_]+|[^\\p{L}\\p{N}_${BLANK}]`, "gu");
const BETWEEN = new RegExp(`[${BLANK}]+`, "u");

export class Ngrams {
  constructor(node, arrays) {
    this.node = node;
    this.arrays = arrays;
    const ends = arrays.word_offsets?.data ?? [0], blob = arrays.words?.data ?? new Uint8Array();
    const reader = new TextDecoder();
    this.words = new Map(Array.from({ length: ends.length - 1 }, (_, at) => [reader.decode(blob.subarray(ends[at], ends[at + 1])), at]));
    this.alphabet = new Map(Array.from(arrays.alphabet?.data ?? [], (code, at) => [code, at]));
  }

  // Scores of rows of cells: one list a row.
  async scores(rows) {
    return rows.map((row) => {
      const text = row.filter(Boolean).join(" ");
      const found = this.score(this.node.lowercase ? text.toLowerCase() : text);
      return this.node.second ? [0, ...found] : found;
    });
  }

  score(text) {
    const counts = new Map(), { idf, weights, biases } = this.arrays;
    let first = 0;
    for (const [name, [low, high]] of [["word", this.node.words], ["char", this.node.chars]]) {
      if (!high) continue;
      const levels = Array.from({ length: high }, (_, at) => this.arrays[`${name}_grams.${at + 1}`].data);
      this.count(this.codes(name, text), levels, low, first, counts);
      first += levels.slice(low - 1).reduce((sum, one) => sum + one.length, 0);
    }
    let norm = 0;
    const values = Array.from(counts, ([gram, times]) => {
      const value = (this.node.sublinear ? 1 + Math.log(times) : times) * idf.data[gram];
      norm += value * value;
      return [gram, value];
    });
    const columns = weights.shape[1], found = Array.from({ length: columns }, (_, at) => biases.data[at]);
    for (const [gram, value] of values) {
      for (let at = 0; at < columns; at += 1) found[at] += (value / Math.sqrt(norm)) * weights.data[gram * columns + at];
    }
    return found;
  }

  // The symbols of a text, -1 = unknown.
  codes(name, text) {
    if (name === "word") return (text.match(WORD) ?? []).map((word) => this.words.get(word) ?? -1);
    const words = text.split(BETWEEN).filter(Boolean);
    return words.length ? Array.from(` ${words.join(" ")} `, (sign) => this.alphabet.get(sign.codePointAt(0)) ?? -1) : [];
  }

  // Counts every known run of `low` to `levels.length` symbols under its number, from `first` on. A run is known by the
  // number of its first symbols, which are a known run, and its last symbol.
  count(codes, levels, low, first, counts) {
    const symbols = levels[0].length;
    let at = codes.map((code, place) => [place, code]).filter(([, code]) => code >= 0);
    levels.forEach((level, before) => {
      const size = before + 1;
      if (size > 1) {
        const alive = new Set(at.map(([place]) => place));
        at = at.flatMap(([place, number]) => {
          if (place + size > codes.length || !alive.has(place + 1)) return [];
          const found = search(level, number * symbols + codes[place + size - 1]);
          return found < 0 ? [] : [[place, found]];
        });
      }
      if (size < low) return;
      at.forEach(([, number]) => counts.set(first + number, (counts.get(first + number) ?? 0) + 1));
      first += level.length;
    });
  }
}

function search(sorted, wanted) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1; else high = middle;
  }
  return sorted[low] === wanted ? low : -1;
}
