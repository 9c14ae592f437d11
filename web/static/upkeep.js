// Takes files dropped on the page, and shows the progress of a build without reloading the page. Without this script,
// forms do both.
const drop = document.getElementById("drop");
const input = document.getElementById("file");
const chosen = document.getElementById("chosen");
const job = document.getElementById("job");
const EVERY = 700; // milliseconds between checks on a build

function describeFiles(files) {
  if (!files.length) return "";
  const names = [...files].slice(0, 5).map((file) => file.name).join(", ");
  const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
  return files.length === 1 ? `1 file chosen: ${names}` : `${files.length} files chosen: ${names}${more}`;
}

input?.addEventListener("change", () => (chosen.textContent = describeFiles(input.files)));

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
  chosen.textContent = describeFiles(input.files);
});

document.getElementById("add")?.addEventListener("submit", (event) => {
  chosen.textContent = "Uploading your files…";
  event.target.querySelector("button").setAttribute("aria-disabled", "true");
});

// Returns the time left in words, in the same way as labels.py does for a page without scripts.
function timeLeft(seconds) {
  if (seconds === null) return "";
  const minutes = seconds >= 90;
  const count = Math.max(1, Math.round(minutes ? seconds / 60 : seconds));
  return `, about ${count} ${minutes ? "minute" : "second"}${count === 1 ? "" : "s"} left`;
}

function show(state) {
  const bar = document.getElementById("job-bar");
  const count = state.total > 1 ? `: ${state.done} of ${state.total}` : "";
  document.getElementById("job-stage").textContent = `${state.stage}${count}${timeLeft(state.seconds_left)}`;
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
      location.assign(`/builds/${state.id}`); // this page shows how the build ended
      return;
    }
    show(state);
  } catch {
    document.getElementById("job-stage").textContent = "We cannot reach the service. Trying again…";
  }
  setTimeout(follow, EVERY);
}

if (job?.dataset.state === "running") setTimeout(follow, EVERY);
