// The site's worker. It keeps the desk, tasks and cases a person opened today, if they asked for it on this device, and
// shows them, marked and without forms, while there is no connection. Everything else passes by untouched.
// A page says for whom it may be kept (X-Luring, another mark for every session). Whatever comes without that mark, the
// sign-in page, a sign-out or twelve hours make it forget: better nothing offline than something for the wrong eyes.
const DESK = 'meja';
const LOOKS = 'rupa'; // styles and scripts: about nobody
const LONGEST_MS = 12 * 3_600_000;
const KEPT = /^\/(tugas|tugas\/\d+|kasus\/\d+)$/;
const ABOUT_NOBODY = '/luring';
const MARK = '/.tanda';
const IDENTITY = /<!--identitas-->[\s\S]*?<!--\/identitas-->/g;
let epoch = 0; // grows with each forgetting, so that a page on its way is not kept after it

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), tooOld()])));
self.addEventListener('message', (event) => { if (event.data === 'lupakan') event.waitUntil(forget()); });

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.method === 'POST' && address.pathname === '/keluar') event.waitUntil(forget());
  if (request.method !== 'GET') return;
  if (address.pathname.startsWith('/static/')) event.respondWith(look(request));
  else if (request.mode === 'navigate') event.respondWith(open(event, request, address));
});

async function forget() {
  epoch += 1;
  await caches.delete(DESK);
}

async function tooOld() {
  const desk = await caches.open(DESK);
  for (const request of await desk.keys()) if (!fresh(await desk.match(request))) await desk.delete(request);
}

const fresh = (answer) => Date.now() - Number(answer.headers.get('X-Luring-Pada')) < LONGEST_MS;

async function mark() {
  const found = await (await caches.open(DESK)).match(MARK);
  return found && fresh(found) ? found.text() : '';
}

// --- what comes from the office ---

async function open(event, request, address) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return offline(address);
  }
  if (answer.type === 'basic') event.waitUntil(heed(answer.clone(), address, epoch));
  return answer;
}

async function heed(answer, address, then) {
  const given = answer.headers.get('X-Luring');
  const page = (answer.headers.get('Content-Type') || '').startsWith('text/html');
  if (answer.status === 401 || (answer.ok && page && (!given || address.pathname.startsWith('/masuk')))) return forget();
  if (!answer.ok || !page || !given || then !== epoch) return undefined;
  if (given !== await mark()) {
    await forget();
    then = epoch;
    await put(MARK, given, {}, then);
    await keepNothing();
  }
  if (!KEPT.test(address.pathname) || (address.search && address.pathname === '/tugas')) return undefined;
  const desk = await caches.open(DESK);
  if (answer.headers.get('X-Luring-Simpan') !== 'ya') return desk.delete(address.pathname);
  return put(address.pathname, (await answer.text()).replace(IDENTITY, ''), answer.headers, then);
}

async function put(path, text, headers, then) {
  const kept = new Headers({ 'X-Luring-Pada': String(Date.now()), 'Content-Type': 'text/html; charset=utf-8' });
  for (const name of ['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy']) if (headers.get?.(name)) kept.set(name, headers.get(name));
  if (then !== epoch) return;
  const desk = await caches.open(DESK);
  await desk.put(path, new Response(text, { headers: kept }));
  if (then !== epoch) await caches.delete(DESK);
}

// The page that says there is nothing, with its looks: fetched once, so that it is there when it is needed.
async function keepNothing() {
  try {
    const answer = await fetch(ABOUT_NOBODY, { credentials: 'omit' });
    const text = await answer.clone().text();
    await (await caches.open(LOOKS)).put(ABOUT_NOBODY, answer);
    for (const [, address] of text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) await look(new Request(address));
  } catch { /* offline already: the browser says so itself */ }
}

async function look(request) {
  const looks = await caches.open(LOOKS);
  const known = await looks.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && /\.(css|js|png)$/.test(new URL(request.url).pathname) && await mark()) await looks.put(request.url, answer.clone());
  return answer;
}

// --- what is shown without it ---

async function offline(address) {
  const desk = await caches.open(DESK);
  const found = KEPT.test(address.pathname) && await mark() ? await desk.match(address.pathname) : undefined;
  if (found && fresh(found)) return new Response(asItWas(await found.text()), { headers: found.headers });
  await tooOld();
  return await (await caches.open(LOOKS)).match(ABOUT_NOBODY) || Response.error();
}

// The server wrote this page and escaped what people wrote, so its tags are its own.
function asItWas(page) {
  const told = page.match(/<script type="application\/json" id="words">([\s\S]*?)<\/script>/);
  const banner = told ? JSON.parse(told[1]).offline : 'Luring';
  const safe = banner.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return page
    .replace(/<(input|select|textarea|button)\b/g, '<$1 disabled')
    .replace(/ (hx-get|hx-trigger|data-due|data-autosave)=/g, ' data-was-$1=')
    .replace(/<body /, '<body data-luring-salinan ')
    .replace(/(<main\b)/, `<p class="offline-banner" role="status"><strong>${safe}</strong></p>$1`);
}
