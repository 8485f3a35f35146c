// Keeps what was read for a time without a network. The server puts two lines before this one: FILES, the frontend's
// own files, and KEPT, how the addresses begin that may be kept.
//
// Online nothing ever comes from here: each request goes to the network, where the browser's own cache and ETags save
// the bytes. Only where no answer comes is the last one given that was. Nothing is kept of previews or of the admin.

const CACHE = "read-1";
const MOST = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const others = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(others).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && keeps(request.url)) event.respondWith(answer(event, request));
});

// The first page was loaded before the worker was there: it names what it loaded.
self.addEventListener("message", (event) => {
  event.waitUntil(Promise.all(event.data.filter(keeps).map(async (url) => {
    const request = new Request(url);
    await keep(request, await fetch(request));
  })).catch(() => undefined)); // without a network there is nothing to keep
});

function keeps(address) {
  const { origin, pathname, searchParams } = new URL(address);
  if (origin !== self.location.origin || !KEPT.some((start) => pathname.startsWith(start))) return false;
  return !(searchParams.get("variables") ?? "").includes('"token"');
}

async function answer(event, request) {
  try {
    const response = await fetch(request);
    event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const kept = (await caches.match(request, { ignoreVary: true })) ?? (request.mode === "navigate" ? await frame(request) : undefined);
    if (kept) return kept;
    throw error;
  }
}

/** Any page of the language will do as a frame: its script finds that it stands elsewhere and shows what is kept. */
async function frame(request) {
  const [, locale] = new URL(request.url).pathname.split("/");
  const cache = await caches.open(CACHE);
  const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(`/${locale}/`));
  return pages.length ? cache.match(pages[0], { ignoreVary: true }) : undefined;
}

async function keep(request, response) {
  if (!response.ok || response.redirected || /no-store/.test(response.headers.get("Cache-Control") ?? "")) return;
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const kept = await cache.keys();
  const old = kept.filter(({ url }) => !FILES.includes(new URL(url).pathname)).slice(0, Math.max(0, kept.length - MOST));
  await Promise.all(old.map((entry) => cache.delete(entry)));
}
