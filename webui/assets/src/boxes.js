// Boxes drawn on a photo with a pointer; each is a row of numbers, which is what is sent.
const board = document.querySelector('[data-boxes]');
const rows = [...document.querySelectorAll('[data-box]')];

const fields = (row) => [...row.querySelectorAll('input')];
const numbers = (row) => fields(row).map((field) => (field.value === '' ? NaN : Number(field.value)));
const clamp = (value) => Math.max(0, Math.min(1000, Math.round(value)));

function draw(more = null) {
  board.replaceChildren();
  for (const box of [...rows.map(numbers), ...(more ? [more] : [])]) {
    if (box.some(Number.isNaN)) continue;
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    ['x', 'y', 'width', 'height'].forEach((name, at) => rect.setAttribute(name, Math.max(0, box[at])));
    board.append(rect);
  }
  for (const row of rows) row.querySelector('[data-clear-box]').hidden = fields(row).every((field) => field.value === '');
}

function place(event) {
  const { left, top, width, height } = board.getBoundingClientRect();
  return [clamp(((event.clientX - left) / width) * 1000), clamp(((event.clientY - top) / height) * 1000)];
}

const between = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];

function emptyRow() {
  const free = rows.find((row) => fields(row).every((field) => field.value === ''));
  if (free) return free;
  const copy = rows[rows.length - 1].cloneNode(true);
  fields(copy).forEach((field) => { field.value = ''; });
  rows[rows.length - 1].after(copy);
  rows.push(copy);
  return copy;
}

if (board) {
  let from = null;
  board.addEventListener('pointerdown', (event) => { from = place(event); board.setPointerCapture(event.pointerId); event.preventDefault(); });
  board.addEventListener('pointermove', (event) => { if (from) draw(between(from, place(event))); });
  board.addEventListener('pointercancel', () => { from = null; draw(); });
  board.addEventListener('pointerup', (event) => {
    if (!from) return;
    const box = between(from, place(event));
    from = null;
    if (box[2] > 4 && box[3] > 4) {
      const row = emptyRow();
      fields(row).forEach((field, at) => { field.value = box[at]; });
    }
    draw();
  });
  document.addEventListener('input', (event) => { if (event.target.closest('[data-box]')) draw(); });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-clear-box]');
    if (!button) return;
    fields(button.closest('[data-box]')).forEach((field) => { field.value = ''; });
    draw();
  });
  draw();
}
