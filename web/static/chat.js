// Sends questions without leaving the page. Without this script the same forms load a whole page.
const form = document.getElementById("ask");
const examples = document.getElementById("examples");
const conversation = document.getElementById("conversation");
const box = document.getElementById("question");
const label = form.querySelector("label");
const button = form.querySelector("button");
const progress = document.getElementById("progress");
const problem = document.getElementById("problem");
const LIMIT = 20; // earlier questions that the service takes
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

async function post() {
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Fragment": "1", Accept: "text/html, application/problem+json" };
  const response = await fetch("ask", { method: "POST", body, headers, signal: AbortSignal.timeout(WAIT) });
  if (!response.ok) throw new Error(await explain(response), { cause: response.status });
  return response.text();
}

function append(html) {
  conversation.insertAdjacentHTML("beforeend", html);
  const turn = conversation.lastElementChild;
  const history = conversation.querySelectorAll("input[name=history]");
  [...history].slice(0, -LIMIT).forEach((input) => input.remove());
  document.body.classList.add("started");
  if (examples) examples.hidden = true;
  label.textContent = "Ask a follow-up question";
  box.rows = 1;
  reveal(turn);
  return turn;
}

// Copying needs this script, so its buttons stay hidden without it.
function reveal(within) {
  if (navigator.clipboard) within.querySelectorAll(".copy").forEach((copy) => (copy.hidden = false));
}

async function send() {
  if (busy) return;
  if (!box.value.trim()) {
    show("Type what you want to know.");
    box.focus();
    return;
  }
  show("");
  setBusy(true);
  progress.textContent = "Searching the reports…";
  try {
    const turn = append(await post());
    box.value = "";
    progress.textContent = `Answer ready: ${turn.dataset.outcome}`;
    turn.querySelector("h2").focus({ preventScroll: true });
    turn.scrollIntoView({ block: "start" });
  } catch (error) {
    progress.textContent = "";
    show(error.cause ? error.message : "The service did not answer. Check that it is running, then send again.");
    box.focus();
  } finally {
    setBusy(false);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name === "question") box.value = event.submitter.value; // one of the meanings offered
  send();
});

examples?.addEventListener("submit", (event) => {
  event.preventDefault();
  box.value = event.submitter.value;
  send();
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

conversation.addEventListener("click", async (event) => {
  const copy = event.target.closest(".copy");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    progress.textContent = "Copied with its source.";
    return;
  }
  // A passage may lie in a closed list: open it before going there.
  const target = document.getElementById(event.target.closest("a.ref")?.hash.slice(1) ?? "");
  target?.closest("details")?.setAttribute("open", "");
});

form.noValidate = true; // the script's own message is the same for every browser
reveal(conversation);
