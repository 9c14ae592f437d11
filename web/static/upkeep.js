// Files dropped onto the page, and a build's progress without loading the page anew. Without this script forms do both.
const drop = document.getElementById("drop");
const input = document.getElementById("file");
const chosen = document.getElementById("chosen");
const job = document.getElementById("job");
const EVERY = 700; // milliseconds between two looks at a build

function told(files) {
  if (!files.length) return "";
  const names = [...files].slice(0, 5).map((file) => file.name).join(", ");
  const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
  return files.length === 1 ? `Chosen: ${names}` : `${files.length} files chosen: ${names}${more}`;
}

input?.addEventListener("change", () => (chosen.textContent = told(input.files)));

for (const type of ["dragenter", "dragover"]) {
  drop?.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const type of ["dragleave", "drop"]) drop?.addEventListener(type, () => drop.classList.remove("over"));
drop?.addEventListener("drop", (event) => {
  event.preventDefault();
  input.files = event.dataTransfer.files;
  chosen.textContent = told(input.files);
});

document.getElementById("add")?.addEventListener("submit", (event) => {
  chosen.textContent = "Sending the files…";
  event.target.querySelector("button").setAttribute("aria-disabled", "true");
});

function show(state) {
  const bar = document.getElementById("job-bar");
  const left = state.seconds_left === null ? "" : `, about ${Math.max(1, Math.round(state.seconds_left))} s left`;
  const count = state.total > 1 ? `: ${state.done} of ${state.total}` : "";
  document.getElementById("job-stage").textContent = `${state.stage}${count}${left}`;
  if (state.total > 1) {
    bar.max = state.total;
    bar.value = state.done;
  } else {
    bar.removeAttribute("value");
  }
  const log = document.getElementById("job-log");
  for (const line of state.log.slice(log.children.length)) {
    const item = document.createElement("li");
    item.textContent = line;
    log.append(item);
  }
}

async function follow() {
  try {
    const response = await fetch(job.dataset.url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    const state = await response.json();
    if (state.state !== "running") {
      location.assign(`/builds/${state.id}`); // the page tells how it ended, and what became of each file
      return;
    }
    show(state);
  } catch {
    document.getElementById("job-stage").textContent = "The service does not answer just now; trying again…";
  }
  setTimeout(follow, EVERY);
}

if (job?.dataset.state === "running") setTimeout(follow, EVERY);
