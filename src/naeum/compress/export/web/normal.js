// How does a text become the words that a vocabulary is asked for? The normalizers and pre-tokenizers of tokenizer.json.

const WHITE = /\p{White_Space}/u;
const OTHER = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u; // what has no sign of its own
// Marks and punctuation that Unicode got after its version 8, which the package tokenizers knows.
const LATE_MARKS = "\\u07fd\\u0890\\u0891\\u0897-\\u089f\\u08ca-\\u08e2\\u09fe\\u0afa-\\u0aff\\u0b55\\u0c04\\u0c3c\\u0d00\\u0d3b\\u0d3c\\u0d81\\u0eba\\u0ece\\u180f\\u1885\\u1886\\u1abf-\\u1add\\u1ae0-\\u1aeb\\u1df6-\\u1dfb\\ua82c\\ua8c5\\ua8ff\\ua9bd";
const LATE_SIGNS = "\\u061d\\u09fd\\u0a76\\u0c77\\u0c84\\u1b4e\\u1b4f\\u1b7d-\\u1b7f\\u2e43-\\u2e4f\\u2e52-\\u2e5d";
const MARK = new RegExp(`(?![${LATE_MARKS}])\\p{Mn}`, "gu");
const SIGN = new RegExp(`(?![${LATE_SIGNS}])[\\p{P}\\u166d!-/:-@[-\`{-~]`, "u"); // of Unicode, and all signs of ASCII
const CHINESE = [
  [0x4e00, 0x9fff], [0x3400, 0x4dbf], [0x20000, 0x2a6df], [0x2a700, 0x2b73f], [0x2b740, 0x2b81f], [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff], [0x2f800, 0x2fa1f],
];
const BYTES = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+";
const WORD = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]";

const lowered = (text) => Array.from(text, (sign) => sign.toLowerCase()).join(""); // sign by sign: no final sigma

function bert(spec) {
  const strip = spec.strip_accents ?? spec.lowercase;
  return (text) => {
    let found = text;
    if (spec.clean_text) {
      found = Array.from(found, (sign) => {
        if (sign === "\t" || sign === "\n" || sign === "\r") return " ";
        if (sign === "\ufffd" || OTHER.test(sign)) return "";
        return WHITE.test(sign) ? " " : sign;
      }).join("");
    }
    if (spec.handle_chinese_chars) {
      found = Array.from(found, (sign) => {
        const code = sign.codePointAt(0);
        return CHINESE.some(([low, high]) => low <= code && code <= high) ? ` ${sign} ` : sign;
      }).join("");
    }
    if (strip) found = found.normalize("NFD").replace(MARK, "");
    return spec.lowercase ? lowered(found) : found;
  };
}

function replaced(spec) {
  const pattern = spec.pattern.String !== undefined ? spec.pattern.String : new RegExp(spec.pattern.Regex, "gu");
  return (text) => text.replaceAll(pattern, () => spec.content);
}

function stripped(spec) {
  return (text) => {
    let found = text;
    if (spec.strip_left ?? spec.left) found = found.replace(/^\p{White_Space}+/u, "");
    if (spec.strip_right ?? spec.right) found = found.replace(/\p{White_Space}+$/u, "");
    return found;
  };
}

// A table of replacements as SentencePiece writes it: a double array of the beginnings of strings, then what stands for each.
function precompiled(spec) {
  const raw = Uint8Array.from(atob(spec.precompiled_charsmap), (sign) => sign.charCodeAt(0));
  const size = new DataView(raw.buffer).getUint32(0, true);
  const units = new Uint32Array(raw.slice(4, 4 + size).buffer);
  const told = raw.subarray(4 + size);
  const coder = new TextEncoder();
  const reader = new TextDecoder();
  const offset = (unit) => ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
  const known = (chunk) => {
    let at = offset(units[0]);
    for (const byte of coder.encode(chunk)) {
      if (byte === 0) return null;
      at = (at ^ byte) >>> 0;
      const unit = units[at];
      if ((unit & 0x800000ff) >>> 0 !== byte) return null;
      at = (at ^ offset(unit)) >>> 0;
      if ((unit >>> 8) & 1) {
        const start = units[at] & 0x7fffffff;
        return reader.decode(told.subarray(start, told.indexOf(0, start)));
      }
    }
    return null;
  };
  const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return (text) => {
    let found = "";
    for (const { segment } of clusters.segment(text)) {
      const whole = coder.encode(segment).length < 6 ? known(segment) : null;
      found += whole ?? Array.from(segment, (sign) => known(sign) ?? sign).join("");
    }
    return found;
  };
}

export function normalizer(spec) {
  if (!spec) return (text) => text;
  switch (spec.type) {
    case "Sequence": {
      const all = spec.normalizers.map(normalizer);
      return (text) => all.reduce((found, one) => one(found), text);
    }
    case "BertNormalizer": return bert(spec);
    case "Lowercase": return lowered;
    case "StripAccents": return (text) => text.replace(MARK, "");
    case "Strip": return stripped(spec);
    case "Replace": return replaced(spec);
    case "Prepend": return (text) => (text ? spec.prepend + text : text);
    case "Precompiled": return precompiled(spec);
    case "NFC": case "NFD": case "NFKC": case "NFKD": return (text) => text.normalize(spec.type);
    default: throw new Error(`a tokenizer must be of a known kind; got the normalizer ${spec.type}; use predict.py`);
  }
}

const matches = (text, pattern) => text.match(pattern) ?? [];

function bertWords(text) {
  const found = [];
  for (const word of text.split(/\p{White_Space}+/u)) {
    let part = "";
    for (const sign of word) {
      if (!SIGN.test(sign)) { part += sign; continue; }
      if (part) found.push(part);
      found.push(sign);
      part = "";
    }
    if (part) found.push(part);
  }
  return found;
}

function bytesOf(spec) {
  const letters = new Map();
  const plain = [[33, 126], [161, 172], [174, 255]].flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, at) => low + at));
  plain.forEach((byte) => letters.set(byte, String.fromCodePoint(byte)));
  for (let byte = 0, more = 256; byte < 256; byte += 1) {
    if (!letters.has(byte)) letters.set(byte, String.fromCodePoint(more++));
  }
  const coder = new TextEncoder();
  const pattern = new RegExp(BYTES, "gu");
  return (text) => {
    const full = spec.add_prefix_space && !WHITE.test(text[0] ?? " ") ? ` ${text}` : text;
    const parts = spec.use_regex === false ? [full] : matches(full, pattern);
    return parts.map((part) => Array.from(coder.encode(part), (byte) => letters.get(byte)).join(""));
  };
}

function metaspace(spec) {
  const sign = spec.replacement;
  const scheme = spec.prepend_scheme ?? (spec.add_prefix_space === false ? "never" : "always");
  return (text, first) => {
    let full = text.replaceAll(" ", sign);
    if (!full.startsWith(sign) && (scheme === "always" || (scheme === "first" && first))) full = sign + full;
    if (spec.split === false) return [full];
    return full.split(new RegExp(`(?=${sign})`, "u")).filter(Boolean);
  };
}

// Gives (text, whether it stands at the beginning) -> words.
export function splitter(spec) {
  if (!spec) return (text) => [text];
  switch (spec.type) {
    case "Sequence": {
      const all = spec.pretokenizers.map(splitter);
      return (text, first) => all.reduce((found, one) => found.flatMap((part, at) => one(part, first && !at)), [text]);
    }
    case "BertPreTokenizer": return bertWords;
    case "Whitespace": return (text) => matches(text, new RegExp(`${WORD}+|(?:(?!${WORD})\\P{White_Space})+`, "gu"));
    case "WhitespaceSplit": return (text) => text.split(/\p{White_Space}+/u).filter(Boolean);
    case "Metaspace": return metaspace(spec);
    case "ByteLevel": return bytesOf(spec);
    default: throw new Error(`a tokenizer must be of a known kind; got the pre-tokenizer ${spec.type}; use predict.py`);
  }
}
