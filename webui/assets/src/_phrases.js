// A response template is put where the cursor stands in its field; without this the button sends the page once.
function insert(event, button) {
  const field = document.getElementById(button.dataset.insert);
  const select = button.previousElementSibling;
  const text = select.selectedOptions[0]?.dataset.text;
  if (!field || !text) return;
  event.preventDefault();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  select.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

export function phrases(root) {
  for (const button of root.querySelectorAll('[data-insert]')) button.addEventListener('click', (event) => insert(event, button));
}
