// Asks questions and shows answers without leaving the page. Without this script, the same forms and links load whole
// pages.
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

// Returns what went wrong and what to do, in the service's own words if it sent any.
async function explain(response) {
  try {
    const reply = await response.json();
    return `${reply.detail} ${reply.remedy}`;
  } catch {
    return `We could not answer (error ${response.status}). Try again.`;
  }
}

const UNREACHABLE = "We could not reach the service.";

// Returns the message for an error from request(): the service's own message, or one saying that there was no reply.
const messageOf = (error) => (error.cause ? error.message : `${UNREACHABLE} Try again.`);

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

// Shows the copy buttons, which are hidden because they need this script.
function showCopyButtons(within) {
  if (navigator.clipboard) within.querySelectorAll(".copy").forEach((copy) => (copy.hidden = false));
}

// Turns the chips of earlier questions into plain text. Only the last question can be asked again without a chip,
// because later questions follow on from the ones before. The chips keep their size, so that nothing moves.
function freezeChips(within) {
  within.querySelectorAll(".turn .chips .other, .turn .corrected button").forEach((offer) => offer.remove());
  for (const chip of within.querySelectorAll(".turn .chips button")) {
    const plain = document.createElement("span");
    plain.className = "spent";
    plain.append(...chip.childNodes);
    plain.querySelector(".vh")?.remove();
    chip.replaceWith(plain);
  }
}

// Updates the address, the form and the downloads after the service has saved a question in its conversation.
function updateConversation(response, replaced) {
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

// Lays the page out as a conversation. This happens as soon as a question is sent, so that nothing moves when the
// answer comes.
function start() {
  document.body.classList.add("started");
  if (examples) examples.hidden = true;
  box.rows = 1;
}

function place(turn, old) {
  if (old) {
    old.replaceWith(turn);
  } else {
    freezeChips(conversation);
    conversation.append(turn);
  }
  showCopyButtons(turn);
}

function announce(turn) {
  progress.textContent = `Reply ready: ${turn.dataset.outcome}`;
  turn.querySelector("h2").focus({ preventScroll: true });
  turn.scrollIntoView({ block: "start" });
}

// Sends a question and shows its turn, at the end or in place of `old`. If the question came from the question box,
// `typed` is the text of the box, which goes back there if the question could not be sent.
async function askAndShow(url, data, { old = null, typed = null } = {}) {
  show("");
  setBusy(true);
  start();
  if (typed !== null) box.value = "";
  progress.textContent = "Searching the reports…";
  try {
    const response = await post(url, data);
    const turn = parsed(await response.text());
    if (data.get("replaces")) cutFrom(Number(data.get("replaces")));
    place(turn, old?.isConnected ? old : null);
    updateConversation(response, Boolean(data.get("replaces")));
    announce(turn);
  } catch (error) {
    progress.textContent = "";
    if (typed !== null && !box.value) box.value = typed;
    const unsure = `${UNREACHABLE} Check Conversations to see if your question was saved. If not, ask again.`;
    show(error.cause ? error.message : unsure);
    box.focus();
  } finally {
    setBusy(false);
  }
}

// Removes a turn and all later ones from the page.
function cutFrom(number) {
  for (const turn of conversation.querySelectorAll(".turn")) if (Number(turn.dataset.number) >= number) turn.remove();
}

// Sends the form once the filters are up to date. `choice` is an example question or a meaning offered in an answer.
async function send(choice = "") {
  if (busy) return;
  if (!choice && !box.value.trim()) {
    show("Enter a question.");
    box.focus();
    return;
  }
  await filtering;
  const data = new FormData(form);
  if (choice) data.set("choice", choice);
  await askAndShow(form.action, data, { typed: choice ? null : box.value });
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

// Filters. After each change, the service recounts how many reports each choice would leave. Only the latest reply is
// shown.
let filtering = Promise.resolve();
let latestFilter = 0;

async function refilter(data, focus) {
  const mine = ++latestFilter;
  const response = await post("/filters", data);
  const panel = parsed(await response.text());
  if (mine !== latestFilter) return;
  const old = form.querySelector("#filters");
  const within = old.contains(document.activeElement);
  const scrolled = [...old.querySelectorAll(".boxes")].map((boxes) => boxes.scrollTop);
  panel.querySelector("details").open = old.querySelector("details").open;
  old.replaceWith(panel);
  panel.querySelectorAll(".boxes").forEach((boxes, index) => (boxes.scrollTop = scrolled[index] ?? 0));
  progress.textContent = `Filters changed. Reports that match: ${panel.querySelector(".tally").dataset.matching}.`;
  if (!within) return;
  const isSame = (field) => field.name === focus?.name && (field.type !== "checkbox" || field.value === focus.value);
  const same = [...panel.querySelectorAll("input, select")].find(isSame);
  (same ?? panel.querySelector("summary")).focus({ preventScroll: true });
}

function changeFilters(data, focus) {
  filtering = refilter(data, focus).catch((error) => show(messageOf(error)));
}

function dropFilter(value) {
  const data = new FormData(form);
  data.append("drop", value);
  changeFilters(data, null);
}

form.addEventListener("change", (event) => {
  if (event.target.closest("#filters")) changeFilters(new FormData(form), event.target);
});

// Buttons and links in the answers.
conversation.addEventListener("submit", (event) => {
  const target = event.target;
  if (target.matches(".again-form")) {
    event.preventDefault();
    if (!busy) askAndShow(target.action, new FormData(target, event.submitter), { old: target.closest(".turn") });
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
    if (answer.includes("<html")) return target.replaceWith(feedbackForm(answer)); // the answer has changed since it was shown
    const thanks = parsed(answer);
    target.replaceWith(thanks);
    thanks.focus();
  } catch (error) {
    show(error.cause ? error.message : "We could not send your feedback. Try again.");
  } finally {
    target.classList.remove("sending");
  }
}

function feedbackForm(html) {
  const feedback = new DOMParser().parseFromString(html, "text/html").querySelector("main form");
  feedback.className = "feedback-form";
  return feedback;
}

async function askFeedback(link) {
  const holder = link.closest(".afterwards");
  const feedback = feedbackForm(await (await fetch(link.href)).text());
  holder.querySelector(".feedback-form")?.remove();
  holder.append(feedback);
  feedback.querySelector("textarea").focus();
}

async function copy(target) {
  await navigator.clipboard.writeText(target.dataset.copy);
  progress.textContent = "";
  progress.textContent = "Quote and reference copied.";
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

// Shows another part of a list, or all of it, and goes to the row that the link leads to.
async function showPart(link) {
  const shown = link.closest(".turn");
  const turn = parsed(await (await request(link.href)).text());
  place(turn, shown);
  const row = document.getElementById(link.hash.slice(1)) ?? turn.querySelector("h2");
  const above = row.getBoundingClientRect().top < 0;
  row.focus({ preventScroll: true });
  if (above || row.tagName !== "TR") row.scrollIntoView({ block: "start" });
  progress.textContent = turn.querySelector(".more span")?.textContent ?? "";
}

const wide = matchMedia("(min-width: 75rem)");

conversation.addEventListener("click", (event) => {
  const target = event.target;
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const at = (selector) => (plain ? target.closest(selector) : null);
  const fail = (error) => show(messageOf(error));
  if (target.closest(".copy")) {
    const failed = () => show("We could not copy the quote. Select its text and copy that instead.");
    return void copy(target.closest(".copy")).catch(failed);
  }
  if (at("a.onpage") && wide.matches) {
    event.preventDefault();
    return void openViewer(at("a.onpage")).catch(() => location.assign(at("a.onpage").href));
  }
  if (at("a.around")) {
    event.preventDefault();
    return void around(at("a.around")).catch(fail);
  }
  if (at(".more a")) {
    event.preventDefault();
    return void showPart(at(".more a")).catch(fail);
  }
  if (at("a.verdict")) {
    event.preventDefault();
    return void askFeedback(at("a.verdict")).catch(fail);
  }
  if (at(".folded a")) {
    event.preventDefault();
    return void unfold(at(".folded")).then((turn) => turn.querySelector("h2").focus({ preventScroll: true })).catch(fail);
  }
  // The passage may be in a closed list, so open the list before the browser goes to the passage.
  const passage = document.getElementById(target.closest("a.ref")?.hash.slice(1) ?? "");
  passage?.closest("details")?.setAttribute("open", "");
});

async function unfold(folded) {
  const turn = parsed(await (await request(folded.dataset.url)).text());
  const above = folded.getBoundingClientRect().bottom < 0;
  const focused = folded.contains(document.activeElement);
  const before = document.documentElement.scrollHeight;
  place(turn, folded);
  // Keep the text on screen in place when something above it grows.
  if (above) scrollBy({ top: document.documentElement.scrollHeight - before, behavior: "instant" });
  if (focused) turn.querySelector("h2").focus({ preventScroll: true });
  return turn;
}

// Loads the earlier answers of a conversation one after another, latest first.
async function unfoldAll() {
  for (const folded of [...conversation.querySelectorAll(".folded")].reverse()) if (folded.isConnected) await unfold(folded);
}

form.noValidate = true; // the script shows its own message, which is the same in every browser
showCopyButtons(conversation);
unfoldAll().catch(() => {}); // an answer that could not be loaded keeps its link
