// What does a reader see? A field for texts, and what the model answers to each, in English or Korean.

import { open } from "./answer.js";

const WORDS = {
  en: {
    title: (target) => `What is the ${target}?`,
    about: "The model computes in this browser; no text leaves this machine.",
    lines: "one text a line", ask: "Answer", loading: "Loading the model …", ready: "Ready.",
    busy: "Answering …", done: (rows, seconds) => `${rows} answered in ${seconds} s.`, none: "none",
    empty: "Write a text first.", between: (low, high) => `between ${low} and ${high}`, wrong: (why) => `It does not answer: ${why}`,
    stood: "by the fallback", other: "한국어", tongue: "ko",
  },
  ko: {
    title: (target) => `${target}: 무엇일까요?`,
    about: "모델은 이 브라우저 안에서 계산합니다. 글은 이 기기를 떠나지 않습니다.",
    lines: "한 줄에 글 하나", ask: "답하기", loading: "모델을 불러오는 중 …", ready: "준비되었습니다.",
    busy: "답하는 중 …", done: (rows, seconds) => `${rows}개를 ${seconds}초에 답했습니다.`, none: "없음",
    empty: "먼저 글을 적으세요.", between: (low, high) => `${low}에서 ${high} 사이`, wrong: (why) => `답하지 못합니다: ${why}`,
    stood: "대체 모델이 답함", other: "English", tongue: "en",
  },
};
const SHOWN = 3; // classes with their probabilities
const at = (id) => document.getElementById(id);
const made = (name, text = "", kind = "") => Object.assign(document.createElement(name), { textContent: text, className: kind });

let words = WORDS[navigator.language.startsWith("ko") ? "ko" : "en"];
let model = null, state = (said) => said.loading, wrong = false, last = [];

function tell(found, failed = false) {
  [state, wrong] = [found, failed];
  at("state").textContent = state(words);
  at("state").classList.toggle("wrong", wrong);
}

// All words of the page, anew.
function draw() {
  document.documentElement.lang = words === WORDS.ko ? "ko" : "en";
  const { task } = model ? model : { task: { target: "…", inputs: [] } };
  document.title = at("title").textContent = words.title(task.target);
  at("about").textContent = words.about;
  at("ask").textContent = words.ask;
  Object.assign(at("tongue"), { textContent: words.other, lang: words.tongue });
  const one = task.inputs.length === 1;
  document.querySelectorAll("#cells label").forEach((label, place) => {
    label.textContent = one ? `${task.inputs[0]} (${words.lines})` : task.inputs[place];
  });
  at("answers").replaceChildren(...last.map(([row, answer]) => shown(row, answer)));
  tell(state, wrong);
}

function fields() {
  const { inputs } = model.task;
  at("cells").replaceChildren(...inputs.flatMap((name, place) => {
    const field = made("textarea", "", inputs.length > 1 ? "short" : "");
    field.id = `cell${place}`;
    return [Object.assign(made("label"), { htmlFor: field.id }), field];
  }));
}

function rows() {
  const found = [...document.querySelectorAll("#cells textarea")].map((field) => field.value);
  if (found.length > 1) return found.some((one) => one.trim()) ? [found] : [];
  return found[0].split("\n").filter((line) => line.trim()).map((line) => [line]);
}

const number = (value) => Number(value.toPrecision(5)).toLocaleString(words === WORDS.ko ? "ko" : "en");
const percent = (share) => `${(100 * share).toFixed(1)} %`;

function shown(row, answer) {
  const item = made("li", "", "answer");
  const stood = answer.by === "fallback" ? ` (${words.stood})` : "";
  item.append(made("p", row.filter(Boolean).join(" · ") + stood, "text"));
  const { prediction, probabilities, low, high } = answer, { classes } = model.task;
  if (typeof prediction === "number") {
    item.append(made("div", number(prediction), "told"));
    if (low !== undefined) item.append(made("p", words.between(number(low), number(high)), "text"));
    return item;
  }
  item.append(made("div", Array.isArray(prediction) ? prediction.join(", ") || words.none : prediction, "told"));
  const order = probabilities.map((_, place) => place).sort((a, b) => probabilities[b] - probabilities[a]);
  for (const place of order.slice(0, SHOWN)) {
    const bar = made("div", "", "bar"), name = made("span", classes[place]), fill = made("i");
    fill.style.width = `${100 * probabilities[place]}%`;
    name.append(fill);
    bar.append(name, made("span", percent(probabilities[place])));
    item.append(bar);
  }
  return item;
}

async function answer(event) {
  event?.preventDefault();
  const given = rows();
  if (!given.length) { tell((said) => said.empty, true); return; }
  at("ask").disabled = true;
  tell((said) => said.busy);
  try {
    const begun = performance.now(), found = await model.predict(given);
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    last = given.map((row, place) => [row, found[place]]);
    tell((said) => said.done(given.length, seconds));
    draw();
  } catch (error) {
    tell((said) => said.wrong(error.message), true);
  } finally {
    at("ask").disabled = false;
  }
}

at("tongue").addEventListener("click", () => { words = WORDS[words.tongue]; draw(); });
at("form").addEventListener("submit", answer);
draw();
try {
  model = await open(new URL("..", import.meta.url).href.replace(/\/$/, ""));
  fields();
  at("ask").disabled = false;
  tell((said) => said.ready);
  draw();
  if (location.hash.length > 1) { // index.html#a text
    at("cell0").value = decodeURIComponent(location.hash.slice(1));
    await answer();
  }
} catch (error) {
  tell((said) => said.wrong(error.message), true);
}
