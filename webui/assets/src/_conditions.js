// Fields that are asked only after a certain answer:
//   <div data-shown-when="keputusan" data-shown-op="=" data-shown-value="kembalikan">…</div>   (op "=" or "!=")
// Without this script every field is visible and says when it is needed.
export function answers(form, name) {
  return [...form.elements].filter((field) => field.name === name && field.value !== undefined)
    .filter((field) => !['radio', 'checkbox'].includes(field.type) || field.checked)
    .map((field) => field.value);
}

function judge(form, group) {
  const { shownWhen, shownOp = '=', shownValue = '' } = group.dataset;
  const given = answers(form, shownWhen);
  const equal = given.includes(shownValue) || (shownValue === '' && given.length === 0);
  group.hidden = shownOp === '!=' ? equal : !equal;
  for (const field of group.querySelectorAll('input, select, textarea')) field.disabled = group.hidden;
}

export function conditions(root) {
  for (const form of root.querySelectorAll('form')) {
    const groups = [...form.querySelectorAll('[data-shown-when]')];
    if (!groups.length) continue;
    const all = () => groups.forEach((group) => judge(form, group));
    form.addEventListener('change', all);
    form.addEventListener('reset', () => setTimeout(all));
    all();
  }
}
