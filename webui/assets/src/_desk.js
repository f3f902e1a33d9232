// The desk's keys (j k Enter x a / ?) and what was ticked, kept over new arrivals. The page works without all of this.
const STORE = 'pintasan-mati';
const ticked = new Set();

const off = () => { try { return localStorage.getItem(STORE) === 'ya'; } catch { return false; } };
const desk = () => document.querySelector('[data-desk]');
const rows = () => [...desk().querySelectorAll('tbody a.title')];
const typing = (element) => element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');

function move(by) {
  const all = rows();
  const here = all.findIndex((link) => link.closest('tr').contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

const box = () => document.activeElement.closest('tr')?.querySelector('input[name="tugas"]');

function take() {
  const form = desk();
  const one = box();
  if (!form.querySelector('input[name="tugas"]:checked') && one) one.checked = true;
  if (form.querySelector('input[name="tugas"]:checked')) form.requestSubmit();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => box()?.click(),
  a: take,
  '/': () => document.querySelector('[data-search]')?.focus(),
  '?': () => document.querySelector('[data-keys-help]')?.showModal(),
};

function pressed(event) {
  const act = KEYS[event.key];
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
  if (!act || busy || typing(event.target) || document.querySelector('dialog[open]')) return;
  if (event.key !== '?' && off()) return;
  if (!desk() && !'/?'.includes(event.key)) return;
  event.preventDefault();
  act();
}

export function deskKeys(root) {
  for (const tick of root.querySelectorAll('[data-desk] input[name="tugas"]')) {
    tick.checked = tick.checked || ticked.has(tick.value);
    tick.addEventListener('change', () => ticked[tick.checked ? 'add' : 'delete'](tick.value));
  }
  for (const link of root.querySelectorAll('[data-keys]')) {
    link.addEventListener('click', (event) => { event.preventDefault(); KEYS['?'](); });
  }
  const on = root.querySelector('[data-keys-on]');
  if (!on) return;
  on.checked = !off();
  on.addEventListener('change', () => { try { localStorage.setItem(STORE, on.checked ? '' : 'ya'); } catch { /* private window */ } });
  document.addEventListener('keydown', pressed);
}
