// A form is sent once however often the button is pressed, and a large upload shows how far it is:
//   <form data-upload> … <div data-upload-progress hidden><progress max="100"></progress> <output></output></div> </form>
import { say } from './_words';

function lock(form, on) {
  form.classList.toggle('is-sending', on);
  form.toggleAttribute('aria-busy', on);
}

function once(form) {
  form.addEventListener('submit', (event) => {
    if (form.classList.contains('is-sending')) event.preventDefault();
    else if (!event.defaultPrevented) lock(form, true);
  });
  window.addEventListener('pageshow', () => lock(form, false));
}

function shown(form, part) {
  const box = form.querySelector('[data-upload-progress]');
  if (!box) return;
  box.hidden = part === null;
  if (part === null) return;
  box.querySelector('progress').value = part;
  box.querySelector('output').textContent = part < 100 ? say('uploading', { part }) : say('checking');
}

function arrived(form, request, dress) {
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
  const main = answer.querySelector('main');
  if (request.status < 300 && request.responseURL !== location.href) { location.assign(request.responseURL); return; }
  if (!main) { broken(form); return; }
  document.querySelector('main').replaceWith(main);
  document.title = answer.title;
  dress(main);
  (main.querySelector('[autofocus], [role=alert], [aria-invalid=true]') ?? main).focus();
}

function broken(form) {
  lock(form, false);
  shown(form, null);
  const place = form.querySelector('[data-upload-error]');
  if (place) { place.hidden = false; place.textContent = say('connection_lost'); }
}

function upload(form, dress) {
  form.addEventListener('submit', (event) => {
    const files = [...form.querySelectorAll('input[type=file]')].some((field) => field.files.length);
    if (!files || event.defaultPrevented) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const data = new FormData(form, event.submitter);
    request.open('POST', event.submitter?.hasAttribute('formaction') ? event.submitter.formAction : form.action);
    request.setRequestHeader('Accept', 'text/html');
    request.upload.addEventListener('progress', (sent) => {
      if (sent.lengthComputable) shown(form, Math.floor((sent.loaded / sent.total) * 100));
    });
    request.addEventListener('load', () => arrived(form, request, dress));
    request.addEventListener('error', () => broken(form));
    shown(form, 0);
    request.send(data);
  });
}

export function sending(root, dress) {
  for (const form of root.querySelectorAll('form[method=post]')) once(form);
  for (const form of root.querySelectorAll('form[data-upload]')) upload(form, dress);
}
