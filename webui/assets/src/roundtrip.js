// For the tests: reads a diagram as the editor does and writes it back. window.roundtrip(xml) → {xml, warnings: [text]}.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';

window.roundtrip = async (xml) => {
  const container = document.createElement('div');
  container.className = 'diagram';
  document.body.append(container);
  const viewer = new NavigatedViewer({ container, moddleExtensions: { camunda } });
  const { warnings } = await viewer.importXML(xml);
  const saved = await viewer.saveXML({ format: true });
  const svg = await viewer.saveSVG();
  return { xml: saved.xml, svg: svg.svg, warnings: warnings.map((warning) => warning.message) };
};
