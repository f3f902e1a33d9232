// A half-filled form is kept: <form data-autosave="/url"> posts its answers (never files or secrets) shortly after the last change,
// when the page is left and when the line comes back. The state is spoken in [data-autosave-state].
import { say } from './_words';

const QUIET = 1_500;

function body(form) {
  const data = new FormData(form);
  for (const field of form.elements) {
    if (field.type === 'file' || field.type === 'password' || 'noDraft' in field.dataset) data.delete(field.name);
  }
  return data;
}

function keep(form) {
  const state = form.querySelector('[data-autosave-state]');
  let timer = 0;
  let dirty = false;
  const tell = (key) => { if (state) state.textContent = say(key); };

  async function save(leaving) {
    if (!dirty) return;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST', body: body(form), keepalive: Boolean(leaving), credentials: 'same-origin', headers: { Accept: 'application/json' },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      tell('draft_saved');
    } catch {
      dirty = true;
      tell('draft_not_saved');
    }
  }

  form.addEventListener('input', () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, QUIET); });
  form.addEventListener('submit', () => { dirty = false; clearTimeout(timer); });
  window.addEventListener('online', () => save());
  window.addEventListener('pagehide', () => save(true));
}

export function drafts(root) {
  for (const form of root.querySelectorAll('form[data-autosave]')) keep(form);
}
