/**
 * Actions of modules that the table does not have, and what stands inside of actions that the engine would pass over in silence.
 * What makes a document unusable (attributes that are missing or unknown) is `compile/extension.ts`'s.
 */
import type { XmlElement, XmlText } from '../document.js';
import { isScxml } from '../parse/reading.js';
import { didYouMean } from '../parse/suggest.js';
import { namespaceKey, type ModuleAction, type ModuleElement, type Modules } from '../modules.js';
import { actionsOf } from './actions.js';
import type { Outline } from './outline.js';
import type { Report } from './report.js';

export const judgeExtensions = (chart: Outline, modules: Modules, to: Report): void => {
  for (const action of actionsOf(chart)) if (action.kind === 'extension') judgeAction(action.element, modules, to);
};

const show = (name: string): string => `<${name}>`;

const judgeAction = (element: XmlElement, modules: Modules, to: Report): void => {
  const { namespace, name, at } = element;
  const actions = modules[namespaceKey(namespace)];
  if (!actions) {
    const hint = didYouMean(namespaceKey(namespace), Object.keys(modules));
    return to.warn(at, `<${name}> will fail: no module has the namespace "${namespace}"${hint}`);
  }
  const action = actions[name];
  if (action) return judgeChildren(element, childrenOf(action), to);
  const otherwise = `: it has ${Object.keys(actions).map(show).join(', ')}`;
  const hint = didYouMean(name, Object.keys(actions), { show, otherwise });
  to.error(at, `<${name}> is no action of the module "${namespace}"${hint}`);
};

const param: ModuleElement = { attributes: { name: 'literal', expr: 'value', location: 'value' } };
const content: ModuleElement = { attributes: { expr: 'value', _expr: 'value' } };

const childrenOf = ({
  params,
  content: hasContent,
  children,
}: ModuleAction): Readonly<Record<string, ModuleElement>> => ({
  ...(params && { param }),
  ...(hasContent && { content }),
  ...children,
});

const isElement = (node: XmlElement | XmlText): node is XmlElement => 'name' in node;

const judgeChildren = (parent: XmlElement, known: Readonly<Record<string, ModuleElement>>, to: Report): void => {
  for (const child of parent.children.filter(isElement)) {
    const form = known[child.name];
    if (form) judgeChild(child, form, to);
    else {
      const hint = didYouMean(child.name, Object.keys(known), { show });
      to.warn(child.at, `<${child.name}> in <${parent.name}> is ignored${hint}`);
    }
  }
};

const judgeChild = (child: XmlElement, { attributes, children = {} }: ModuleElement, to: Report): void => {
  for (const [name, { at }] of Object.entries(child.attributes)) {
    if (name in attributes) continue;
    to.warn(at, `unknown attribute ${name} of <${child.name}> is ignored${didYouMean(name, Object.keys(attributes))}`);
  }
  if (child.name === 'param' && isScxml(child) && !child.attributes['name']) {
    to.error(child.at, '<param> needs the attribute name');
  }
  judgeChildren(child, children, to);
};
