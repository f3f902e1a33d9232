// Draws a process for reading: <div data-diagram="/url/of.bpmn" data-badges="id of a JSON block">.
// With data-diagram-json/data-before-json (ids of JSON blocks holding the XML) what is new or different since before is marked.
// Badges: [{"element": "terima", "text": "15 menit", "level": "calm" | "warm" | "hot", "title": "…"}]; classes and text only (strict CSP).
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { diff } from 'bpmn-js-differ';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './_viewer.css';

const said = (id) => JSON.parse(document.getElementById(id).textContent);

async function source(box) {
  if (box.dataset.diagramJson) return said(box.dataset.diagramJson);
  if (box.dataset.diagramBlock) return document.getElementById(box.dataset.diagramBlock).textContent.trim();
  const answer = await fetch(box.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

function badge({ text, level = 'calm', title }) {
  const item = document.createElement('div');
  item.className = `limit-badge limit-${level}`;
  item.textContent = text;
  if (title) item.title = title;
  return item;
}

function badges(viewer, list) {
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  const canvas = viewer.get('canvas');
  for (const entry of list) {
    if (!registry.get(entry.element)) continue;
    if (entry.text) overlays.add(entry.element, 'limit', { position: { bottom: 12, left: 4 }, html: badge(entry) });
    if (entry.mark) canvas.addMarker(entry.element, `mark-${entry.mark}`);
  }
}

async function compare(viewer, before) {
  const { rootElement } = await viewer.get('moddle').fromXML(before);
  const found = diff(rootElement, viewer.getDefinitions());
  const registry = viewer.get('elementRegistry');
  const canvas = viewer.get('canvas');
  const mark = (changes, name) => Object.keys(changes)
    .filter((id) => registry.get(id)).forEach((id) => canvas.addMarker(id, name));
  mark(found._added, 'mark-added');
  mark(found._changed, 'mark-changed');
  return Object.keys(found._added).length + Object.keys(found._changed).length + Object.keys(found._removed).length;
}

async function draw(box) {
  const viewer = new NavigatedViewer({ container: box, moddleExtensions: { camunda } });
  const { warnings } = await viewer.importXML(await source(box));
  const block = box.dataset.badges && document.getElementById(box.dataset.badges);
  if (block) badges(viewer, JSON.parse(block.textContent));
  if (box.dataset.beforeJson) box.dataset.differences = String(await compare(viewer, said(box.dataset.beforeJson)));
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  box.dataset.drawn = String(warnings.length);
  for (const button of document.querySelectorAll(`[data-zoom-for="${box.id}"]`)) {
    const step = { in: 1.25, out: 0.8 }[button.dataset.zoom];
    button.addEventListener('click', () => {
      const canvas = viewer.get('canvas');
      canvas.zoom(step ? canvas.zoom() * step : 'fit-viewport', 'auto');
    });
  }
}

for (const box of document.querySelectorAll('[data-diagram], [data-diagram-block], [data-diagram-json]')) {
  draw(box).catch((error) => { box.dataset.failed = error.message; box.classList.add('diagram-failed'); });
}
