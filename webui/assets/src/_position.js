// "Use my position": asked of the browser only when pressed, written into the field as it would be typed.

export function positions(root) {
  if (!navigator.geolocation) return;
  for (const button of root.querySelectorAll('[data-position]')) {
    button.hidden = false;
    button.addEventListener('click', () => locate(button));
  }
}

function locate(button) {
  const field = document.getElementById(button.dataset.position);
  const told = button.parentElement.querySelector('[data-position-state]');
  told.textContent = button.dataset.waiting;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      told.textContent = '';
    },
    () => { told.textContent = button.dataset.failed; },
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
  );
}
