// Shows a page of a report next to the conversation. On a narrow screen, and without this script, links open the page
// itself.
const viewer = document.getElementById("viewer");
let opener = null;
let latest = 0; // number of the latest link followed; replies to earlier links are not shown

export async function openViewer(link) {
  const mine = ++latest;
  const response = await fetch(link.href, { headers: { "X-Fragment": "1" } });
  if (!response.ok) throw new Error(String(response.status));
  const page = await response.text();
  if (mine !== latest) return;
  opener = link.closest("#viewer") ? opener : link;
  viewer.innerHTML = page;
  viewer.hidden = false;
  document.body.classList.add("beside");
  viewer.querySelector("h2").focus({ preventScroll: true });
  const marked = viewer.querySelector("#marked");
  const picture = viewer.querySelector("img");
  if (picture && !picture.complete) await picture.decode().catch(() => {});
  if (mine !== latest) return;
  viewer.scrollTop = marked ? marked.getBoundingClientRect().top - viewer.getBoundingClientRect().top - viewer.clientHeight / 3 + viewer.scrollTop : 0;
}

function close() {
  viewer.hidden = true;
  viewer.replaceChildren();
  document.body.classList.remove("beside");
  opener?.focus();
}

viewer?.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
  const pageLink = event.target.closest(".pager a, .wanted a");
  if (pageLink && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    openViewer(pageLink).catch(() => location.assign(pageLink.href));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && viewer && !viewer.hidden) close();
});
