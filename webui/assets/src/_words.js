// The words for people come with the page (<script type="application/json" id="words">), in the page's language.
const block = document.getElementById('words');
const words = block ? JSON.parse(block.textContent) : {};

export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
