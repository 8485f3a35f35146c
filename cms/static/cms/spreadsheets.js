// Follows a spreadsheet while it is checked or imported: the part of the page that changes is fetched again.
const SECONDS = 2;

const part = (page) => page.getElementById("import-state");

async function follow() {
  const shown = part(document);
  if (shown === null || shown.dataset.working !== "yes") return;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    const fresh = part(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (fresh !== null && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  } catch {
    // The network is away for a while; the next turn asks again.
  }
  window.setTimeout(follow, SECONDS * 1000);
}

window.setTimeout(follow, SECONDS * 1000);
