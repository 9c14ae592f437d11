// Asks and answers without leaving the page. Without this script the same forms and links load whole pages.
import { openViewer } from "./viewer.js";

const form = document.getElementById("ask");
const examples = document.getElementById("examples");
const conversation = document.getElementById("conversation");
const box = document.getElementById("question");
const label = form.querySelector("label[for=question]");
const button = form.querySelector("button.primary");
const progress = document.getElementById("progress");
const problem = document.getElementById("problem");
const takeaway = document.getElementById("takeaway");
const WAIT = 60000; // milliseconds
let busy = false;

function show(message) {
  problem.textContent = message;
  problem.hidden = !message;
  box.toggleAttribute("aria-invalid", Boolean(message));
}

function setBusy(on) {
  busy = on;
  conversation.setAttribute("aria-busy", String(on));
  document.body.classList.toggle("busy", on);
  button.setAttribute("aria-disabled", String(on));
}

// What went wrong, in the service's own words where it gave any.
async function explain(response) {
  try {
    const told = await response.json();
    return `${told.detail} ${told.remedy}`;
  } catch {
    return `The service could not answer (${response.status}). Try again.`;
  }
}

async function request(url, options = {}) {
  const headers = { "X-Fragment": "1", Accept: "text/html, application/problem+json" };
  const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(WAIT) });
  if (!response.ok) throw new Error(await explain(response), { cause: response.status });
  return response;
}

const post = (url, data) => request(url, { method: "POST", body: new URLSearchParams(data) });

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// Copying needs this script, so its buttons stay hidden without it.
function reveal(within) {
  if (navigator.clipboard) within.querySelectorAll(".copy").forEach((copy) => (copy.hidden = false));
}

// Only the last question can be asked again in part: what came after another would no longer follow from it. The chips
// keep their size, so that nothing moves.
function settle(within) {
  for (const chip of within.querySelectorAll(".turn .chips button")) {
    const plain = document.createElement("span");
    plain.className = "spent";
    plain.append(...chip.childNodes);
    plain.querySelector(".vh")?.remove();
    chip.replaceWith(plain);
  }
}

function moved(response, replaced) {
  const address = response.headers.get("X-Conversation");
  if (!address) return;
  history.replaceState(null, "", address);
  form.elements.conversation.value = address.split("/").pop();
  if (replaced) {
    form.elements.replaces?.remove();
    form.querySelector(".editing")?.remove();
  }
  takeaway.hidden = false;
  for (const link of takeaway.querySelectorAll("a")) link.href = `${address}/export.${link.dataset.suffix}`;
  label.textContent = "Ask a follow-up question";
}

// The page takes the form of a conversation as soon as a question is sent, so that nothing moves when the answer comes.
function start() {
  document.body.classList.add("started");
  if (examples) examples.hidden = true;
  box.rows = 1;
}

function place(turn, instead) {
  if (instead) {
    instead.replaceWith(turn);
  } else {
    settle(conversation);
    conversation.append(turn);
  }
  reveal(turn);
}

function announce(turn) {
  progress.textContent = `Answer ready: ${turn.dataset.outcome}`;
  turn.querySelector("h2").focus({ preventScroll: true });
  turn.scrollIntoView({ block: "start" });
}

// Sends a question, and shows its turn: at the end, or instead of one that was asked again. `typed` is what stood in the
// box where the question comes from there: it comes back when the question could not be sent.
async function turnOf(url, data, { instead = null, typed = null } = {}) {
  show("");
  setBusy(true);
  start();
  if (typed !== null) box.value = "";
  progress.textContent = "Searching the reports…";
  try {
    const response = await post(url, data);
    const turn = parsed(await response.text());
    if (data.get("replaces")) cutFrom(Number(data.get("replaces")));
    place(turn, instead?.isConnected ? instead : null);
    moved(response, Boolean(data.get("replaces")));
    announce(turn);
  } catch (error) {
    progress.textContent = "";
    if (typed !== null && !box.value) box.value = typed;
    show(error.cause ? error.message : "The service did not answer. Look into “Conversations” whether it came, else send again.");
    box.focus();
  } finally {
    setBusy(false);
  }
}

function cutFrom(number) {
  for (const turn of conversation.querySelectorAll(".turn")) if (Number(turn.dataset.number) >= number) turn.remove();
}

// The form as it is now, once the filters have settled; `choice` is one of the meanings offered, or an example.
async function send(choice = "") {
  if (busy) return;
  if (!choice && !box.value.trim()) {
    show("Type what you want to know.");
    box.focus();
    return;
  }
  await settling;
  const data = new FormData(form);
  if (choice) data.set("choice", choice);
  await turnOf(form.action, data, { typed: choice ? null : box.value });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const by = event.submitter;
  if (by?.name === "drop") return dropFilter(by.value);
  send(by?.name === "choice" ? by.value : "");
});

examples?.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter.value);
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// Filters: each change counts anew what the others would leave. Only the latest reply is shown.
let settling = Promise.resolve();
let latest = 0;

async function refilter(data, focus) {
  const mine = ++latest;
  const response = await post("/filters", data);
  const panel = parsed(await response.text());
  if (mine !== latest) return;
  const old = form.querySelector("#filters");
  const within = old.contains(document.activeElement);
  const scrolled = [...old.querySelectorAll(".boxes")].map((boxes) => boxes.scrollTop);
  panel.querySelector("details").open = old.querySelector("details").open;
  old.replaceWith(panel);
  panel.querySelectorAll(".boxes").forEach((boxes, index) => (boxes.scrollTop = scrolled[index] ?? 0));
  progress.textContent = `The filters leave ${panel.querySelector(".tally").textContent}`;
  if (!within) return;
  const alike = (one) => one.name === focus?.name && (one.type !== "checkbox" || one.value === focus.value);
  const same = [...panel.querySelectorAll("input, select")].find(alike);
  (same ?? panel.querySelector("summary")).focus({ preventScroll: true });
}

function changeFilters(data, focus) {
  settling = refilter(data, focus).catch((error) => show(error.message));
}

function dropFilter(value) {
  const data = new FormData(form);
  data.append("drop", value);
  changeFilters(data, null);
}

form.addEventListener("change", (event) => {
  if (event.target.closest("#filters")) changeFilters(new FormData(form), event.target);
});

// Within the answers.
conversation.addEventListener("submit", (event) => {
  const target = event.target;
  if (target.matches(".again-form")) {
    event.preventDefault();
    if (!busy) turnOf(target.action, new FormData(target, event.submitter), { instead: target.closest(".turn") });
  } else if (target.matches(".feedback-form")) {
    event.preventDefault();
    sendFeedback(target);
  }
});

async function sendFeedback(target) {
  if (target.classList.contains("sending")) return;
  target.classList.add("sending");
  try {
    const response = await post(target.action, new FormData(target));
    const answer = await response.text();
    if (answer.includes("<html")) return target.replaceWith(feedbackForm(answer)); // the answer has changed meanwhile
    const thanks = parsed(answer);
    target.replaceWith(thanks);
    thanks.focus();
  } catch (error) {
    show(error.cause ? error.message : "It could not be sent. Try again.");
  } finally {
    target.classList.remove("sending");
  }
}

function feedbackForm(html) {
  const given = new DOMParser().parseFromString(html, "text/html").querySelector("main form");
  given.className = "feedback-form";
  return given;
}

async function askFeedback(link) {
  const holder = link.closest(".afterwards");
  const given = feedbackForm(await (await fetch(link.href)).text());
  holder.querySelector(".feedback-form")?.remove();
  holder.append(given);
  given.querySelector("textarea").focus();
}

async function copy(target) {
  await navigator.clipboard.writeText(target.dataset.copy);
  progress.textContent = "";
  progress.textContent = "Copied with its source.";
  target.classList.add("copied");
  setTimeout(() => target.classList.remove("copied"), 2500);
}

async function around(link) {
  const response = await request(link.href);
  const text = link.closest(".passage").querySelector(".text");
  const holder = document.createElement("div");
  holder.className = "around-text";
  holder.tabIndex = -1;
  holder.innerHTML = await response.text();
  text.after(holder);
  link.remove();
  holder.focus({ preventScroll: true });
}

const wide = matchMedia("(min-width: 75rem)");

conversation.addEventListener("click", (event) => {
  const target = event.target;
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const at = (selector) => (plain ? target.closest(selector) : null);
  const fail = (error) => show(error.message);
  if (target.closest(".copy")) return void copy(target.closest(".copy")).catch(fail);
  if (at("a.onpage") && wide.matches) {
    event.preventDefault();
    return void openViewer(at("a.onpage")).catch(() => location.assign(at("a.onpage").href));
  }
  if (at("a.around")) {
    event.preventDefault();
    return void around(at("a.around")).catch(fail);
  }
  if (at("a.verdict")) {
    event.preventDefault();
    return void askFeedback(at("a.verdict")).catch(fail);
  }
  if (at(".folded a")) {
    event.preventDefault();
    return void unfold(at(".folded")).then((turn) => turn.querySelector("h2").focus({ preventScroll: true })).catch(fail);
  }
  // A passage may lie in a closed list: open it before going there.
  const passage = document.getElementById(target.closest("a.ref")?.hash.slice(1) ?? "");
  passage?.closest("details")?.setAttribute("open", "");
});

async function unfold(folded) {
  const turn = parsed(await (await request(folded.dataset.url)).text());
  const above = folded.getBoundingClientRect().bottom < 0;
  const focused = folded.contains(document.activeElement);
  const before = document.documentElement.scrollHeight;
  place(turn, folded);
  // What is read stays where it is when something above it grows.
  if (above) scrollBy({ top: document.documentElement.scrollHeight - before, behavior: "instant" });
  if (focused) turn.querySelector("h2").focus({ preventScroll: true });
  return turn;
}

// The earlier answers of a conversation come one after another, the latest first.
async function unfoldAll() {
  for (const folded of [...conversation.querySelectorAll(".folded")].reverse()) if (folded.isConnected) await unfold(folded);
}

form.noValidate = true; // the script's own message is the same for every browser
reveal(conversation);
unfoldAll().catch(() => {}); // each keeps its link where the service does not answer
