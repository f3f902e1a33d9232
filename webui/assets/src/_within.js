// A list whose entries belong to those of another answer shows only these, and goes where there are none:
//   <select data-within="subyek"><option data-of="kesehatan">…</select>
// Without this script all of them stand there, each named with what it belongs to.
import { answers } from './_conditions';

function narrow(form, list, all) {
  const given = answers(form, list.dataset.within);
  const kept = list.value;
  const fits = all.filter((option) => !option.dataset.of || given.includes(option.dataset.of));
  list.replaceChildren(...fits);
  list.value = fits.some((option) => option.value === kept) ? kept : '';
  const group = list.closest('.field, [data-question]');
  if (group) group.hidden = !list.hasAttribute('aria-invalid') && fits.every((option) => !option.value);
}

export function within(root) {
  for (const list of root.querySelectorAll('select[data-within]')) {
    const all = [...list.options];
    const now = () => narrow(list.form, list, all);
    list.form.addEventListener('change', (event) => { if (event.target.name === list.dataset.within) now(); });
    list.form.addEventListener('reset', () => setTimeout(now));
    now();
  }
}
