// Small helps for pages that work without them. Nothing here decides anything: the server checks it all again.
import { countdowns } from './_countdown';
import { conditions } from './_conditions';
import { drafts } from './_drafts';
import { phrases } from './_phrases';
import { positions } from './_position';
import { sending } from './_sending';
import { deskKeys } from './_desk';
import { offline } from './_offline';
import { within } from './_within';

function conveniences(root) {
  for (const button of root.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print());
  for (const button of root.querySelectorAll('[data-copy]')) button.addEventListener('click', () => copy(button));
  for (const field of root.querySelectorAll('select[data-go]')) field.addEventListener('change', () => field.form.requestSubmit());
  for (const item of root.querySelectorAll('[data-needs-script]')) item.hidden = false;
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(text.value ?? text.textContent);
  button.textContent = button.dataset.copied || button.textContent;
}

function dress(root) {
  conveniences(root);
  conditions(root);
  within(root);
  countdowns(root);
  drafts(root);
  phrases(root);
  positions(root);
  sending(root, dress);
  deskKeys(root);
}

document.documentElement.classList.add('js');
if (document.body.dataset.luringSalinan === undefined) dress(document); // a copy read offline stays as it is
offline(document).catch(() => { /* a private window keeps nothing */ });
document.addEventListener('htmx:after:swap', (event) => dress(event.detail?.ctx?.target ?? event.target));
