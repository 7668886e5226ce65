// The worker of the installed application. It stands between pages and the network: keeps the shell
// and what anybody may read, answers «no network» honestly, and holds what was sent without one until
// it can go. It never keeps a page of somebody who is signed in: those come marked `no-store`.
// The server puts VERSION and SHELL before this file, and the store of the device.
const CACHE = "okno-" + VERSION;
const KEPT = "/app/kept";
// Pages that may be kept: those that are about nobody.
const PUBLIC = /^\/(services(\/[\w-]+)?|file\/[\w-]+|feedback|app(\/[a-z]+)?|help(\/[\w-]+)?|glossary|pos)?$/;
// What may wait for a network: each carries a key of its own, so that sent twice it is filed once.
const MAY_WAIT = /^\/(feedback|app\/(proposal|share)|file\/[\w-]+\/[0-9a-f-]{36}\/review)$/;
// What is sent only to ask, as a telephone that may stand in no address: going back asks it again.
const ASKS = /^\/reception\/found$/;
// How long what is kept waits for its owner.
const DAYS = 7;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(SHELL);
    await keep(KEPT);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("okno-") && name !== CACHE) await caches.delete(name);
    await clients.claim();
    await tidy();
  })());
});

// Puts a public page aside, as a stranger sees it.
const keep = async (path, credentials = "same-origin") => {
  let answer = await fetch(path, { credentials });
  if (/no-store/.test(answer.headers.get("cache-control"))) answer = await fetch(path, { credentials: "omit" });
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(path, answer);
};

const tidy = async () => {
  const before = Date.now() - DAYS * 864e5;
  for (const row of await device.all("texts")) if (row.at < before) await device.drop("texts", row.path);
  for (const row of await device.all("queue")) if (row.at < before && row.state !== "waiting") await device.drop("queue", row.id);
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === "/sign-out") event.respondWith(leave(request));
  else if (request.method === "POST" && request.mode === "navigate") {
    // Going back to what a form was answered with: nobody sends anything, no network is missed, and
    // the browser itself says that the answer was not kept.
    if (request.cache !== "only-if-cached") event.respondWith(send(request, url));
    else if (ASKS.test(url.pathname)) event.respondWith(ask(request));
  }
  else if (request.method === "GET" && url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.method === "GET" && request.mode === "navigate") event.respondWith(page(request, url, event));
});

const asset = async (request) => (await caches.match(request)) || fetch(request);

const page = async (request, url, event) => {
  try {
    const answer = await fetch(request);
    const open = answer.status === 200 && !answer.redirected && !url.search && PUBLIC.test(url.pathname);
    if (open && !/no-store/.test(answer.headers.get("cache-control"))) {
      const copy = answer.clone();
      event.waitUntil(caches.open(CACHE).then((cache) => cache.put(url.pathname, copy)));
    }
    return answer;
  } catch {
    const known = PUBLIC.test(url.pathname) && await caches.match(url.pathname);
    return known || (await caches.match(KEPT)) || Response.error();
  }
};

// Whoever signs out leaves nothing of themselves on the device.
const leave = async (request) => {
  const answer = await fetch(request);
  await device.forget();
  await caches.delete(CACHE).then(() => caches.open(CACHE)).then((cache) => cache.addAll(SHELL)).catch(() => {});
  // As a stranger at once: «you are signed out» is said to the page that follows, not to this one.
  await keep(KEPT, "omit").catch(() => {});
  return answer;
};

const send = async (request, url) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    if (!MAY_WAIT.test(url.pathname)) return Response.redirect(KEPT + "?unsent", 303);
    const from = new URL(request.referrer || url.href).pathname;
    await device.put("queue", {
      url: url.pathname, from, at: Date.now(), state: "waiting",
      type: copy.headers.get("content-type"), body: await copy.arrayBuffer(),
    });
    await device.drop("texts", from);
    await registration.sync?.register("okno-queue").catch(() => {});
    return Response.redirect(KEPT + "?queued", 303);
  }
};

const ask = async (request) => fetch(request.url, {
  method: "POST", headers: { "content-type": request.headers.get("content-type") },
  body: await request.blob(), credentials: "same-origin",
});

// Sends what waits, one after another and from one place at a time.
const flush = () => navigator.locks.request("okno-queue", async () => {
  let changed = false;
  for (const row of await device.all("queue")) {
    if (row.state !== "waiting") continue;
    let answer;
    try {
      answer = await fetch(row.url, { method: "POST", headers: { "content-type": row.type }, body: row.body, credentials: "same-origin" });
    } catch {
      break;
    }
    if (answer.status >= 500 || answer.status === 429) break;
    const at = decodeURIComponent(new URL(answer.url).pathname);
    const filed = answer.redirected && /^\/cases\/([^/]+)\/receipt$/.exec(at);
    // What was thrown away meanwhile is not brought back.
    if (!(await device.get("queue", row.id))) continue;
    const rest = { id: row.id, url: row.url, from: row.from, at: row.at };
    if (filed) await device.put("queue", { ...rest, state: "filed", number: filed[1], to: at });
    else if (answer.redirected && answer.ok && at.startsWith("/file/")) await device.put("queue", { ...rest, state: "begun", to: at });
    else await device.put("queue", { ...row, state: "refused" });
    changed = true;
  }
  if (changed) for (const client of await clients.matchAll()) client.postMessage("queue");
});

addEventListener("sync", (event) => { if (event.tag === "okno-queue") event.waitUntil(flush()); });

addEventListener("message", (event) => {
  if (event.data === "flush") event.waitUntil(flush());
  if (event.data === "installed") event.waitUntil(Promise.all(["/app/proposal", "/feedback", "/help"].map((path) => keep(path).catch(() => {}))));
});
