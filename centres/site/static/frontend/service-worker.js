// Keeps what was read for a time without a network. The server puts lines before this one: FILES, the site's own files,
// KEPT, how the addresses begin that may be kept, and OFFLINE, what to say of a page that was never read.
//
// Online nothing ever comes from here: each request goes to the network, where the browser's own cache and ETags save
// the bytes. Only where no answer comes is the last one given that was. Nothing is kept of previews or of the admin.

const CACHE = "read-2";
const MOST = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const others = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(
    caches
      .keys()
      .then(others)
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && keeps(request.url)) event.respondWith(answer(event, request));
});

// The first page was loaded before the worker was there: it names what it loaded.
self.addEventListener("message", (event) => {
  event.waitUntil(
    Promise.all(
      event.data.filter(keeps).map(async (url) => {
        const request = new Request(url);
        await keep(request, await fetch(request));
      }),
    ).catch(() => undefined),
  ); // without a network there is nothing to keep
});

function keeps(address) {
  const { origin, pathname } = new URL(address);
  return origin === self.location.origin && KEPT.some((start) => pathname.startsWith(start));
}

async function answer(event, request) {
  try {
    const response = await fetch(request);
    event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    if (request.mode === "navigate") return unread(request);
    throw error;
  }
}

/** A page that was never read: it says so and leads to the first page, which often was. */
function unread(request) {
  const [, locale] = new URL(request.url).pathname.split("/");
  const lang = locale in OFFLINE ? locale : Object.keys(OFFLINE)[0];
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${OFFLINE[lang]}</title><main><h1>${OFFLINE[lang]}</h1><p><a href="/${lang}/">/${lang}/</a></p></main>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function keep(request, response) {
  if (!response.ok || response.redirected || /no-store/.test(response.headers.get("Cache-Control") ?? "")) return;
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const kept = await cache.keys();
  const old = kept
    .filter(({ url }) => !FILES.includes(new URL(url).pathname))
    .slice(0, Math.max(0, kept.length - MOST));
  await Promise.all(old.map((entry) => cache.delete(entry)));
}
