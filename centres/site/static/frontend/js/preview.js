/** In the editor's panel the preview stays where one was reading; Wagtail's user bar and checks come along. */
const IN_PANEL = parent !== self;
const PLACE = "preview-place";
const path = location.pathname + (document.querySelector("link[rel=canonical]")?.href ?? "") + location.hash;

function stay() {
  const [where, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  if (where === path) scrollTo(0, top);
  else document.getElementById(location.hash.slice(1))?.scrollIntoView();
  if (innerWidth)
    addEventListener("scroll", () => sessionStorage.setItem(PLACE, JSON.stringify([path, scrollY])), { passive: true });
}

if (IN_PANEL) {
  stay();
  // It gets a size only when it takes the place of the one before.
  if (!innerWidth) addEventListener("resize", stay, { once: true });
}

const { userBar } = document.body.dataset;
if (userBar) {
  const headers = { "X-Requested-With": "XMLHttpRequest" }; // whoever is not signed in gets no form to sign in
  const answer = await fetch(`${userBar}&panel=${IN_PANEL}`, { headers }).catch(() => null);
  if (answer?.ok) document.body.append(document.createRange().createContextualFragment(await answer.text()));
}
