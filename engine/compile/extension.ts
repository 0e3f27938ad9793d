/** Actions of other namespaces, by the table of `Modules`: evaluated into one effect. */
import type { Running } from '../chart.js';
import type { Extension, XmlElement, XmlText } from '../document.js';
import { SCXML_NAMESPACE, type Param, type Source } from '../document.js';
import type { ModuleChild } from '../effect.js';
import { namespaceKey, type AttributeForm, type ModuleAction, type ModuleElement } from '../modules.js';
import { didYouMean } from '../parse/suggest.js';
import { ContentError, type Place } from '../failure.js';
import { contentValue, paramValues, type Evaluate, type Values } from './arguments.js';
import { add, problem, type Compiler, type Run } from './compiler.js';
import { writeTo } from './location.js';

export const compileExtension = ({ element, at }: Extension, compiler: Compiler): Run => {
  const namespace = namespaceKey(element.namespace);
  const place: Place = { element: element.name, at };
  const action = compiler.modules[namespace]?.[element.name];
  if (!action) return unsupported(element, place);
  checkAttributes(element, action, compiler);
  if (compiler.semantics.refusesNestedActions) checkNesting(element, compiler);
  const attributes = compileAttributes(element, action.attributes, compiler);
  const params = paramValues(compiler, action.params ? elements(element, 'param').map(toParam) : []);
  const content = contentValue(compiler, action.content ? toContent(element) : undefined);
  const children = compileChildren(element, action.children ?? {}, compiler);
  const requestid = element.attributes['requestid'];
  const location = requestid && !('requestid' in action.attributes) ? add(compiler, 'location', requestid) : undefined;
  return (session) => {
    const effect = {
      type: 'module',
      namespace,
      name: element.name,
      attributes: attributes(session),
      params: params(session),
      content: content?.(session),
      children: children(session),
      at,
    } as const;
    const id = session.nextId(session.input.sessionid);
    if (location !== undefined) writeTo(location, id, session, place);
    session.effects.push({ ...effect, requestid: id });
  };
};

/** Known to no table: an error when it runs, as the REC has it for unsupported executable content. SCXML 4.1 */
const unsupported = (element: XmlElement, place: Place): Run => {
  const message = `<${element.name}> of namespace "${element.namespace}" is not an action of any module here`;
  return () => {
    throw new ContentError(message, place, 'error.execution', undefined, `unsupported.${element.name}`);
  };
};

const checkAttributes = (element: XmlElement, action: ModuleAction, compiler: Compiler): void => {
  for (const name of action.required ?? [])
    if (!element.attributes[name]) problem(compiler, element.at, `<${element.name}> needs the attribute "${name}"`);
  for (const [name, { at }] of Object.entries(element.attributes))
    if (name !== 'requestid' && !(name in action.attributes)) {
      const hint = didYouMean(name, [...Object.keys(action.attributes), 'requestid']);
      problem(compiler, at, `<${element.name}> has no attribute "${name}"${hint}`);
    }
};

/** Actions that take actions, which are carried out later. */
const takers: ReadonlySet<string> = new Set(['submit', 'update', 'runtreatments']);

const checkNesting = (element: XmlElement, compiler: Compiler): void => {
  for (const child of element.children.filter(isElement)) {
    const isAction = compiler.modules[namespaceKey(child.namespace)]?.[child.name] !== undefined;
    if (isAction && !takers.has(element.name)) {
      const remedy = 'only <queue:submit> and <dialog:runtreatments> hold actions';
      problem(compiler, child.at, `<${child.name}> cannot stand in <${element.name}>: ${remedy}`);
    }
    checkNesting(child, compiler);
  }
};

const compileAttributes = (
  element: XmlElement,
  forms: Readonly<Record<string, AttributeForm>>,
  compiler: Compiler,
): Evaluate<Values> => {
  const literals: Values = {};
  const expressions: { name: string; chunk: number }[] = [];
  for (const [name, form] of Object.entries(forms)) {
    const attribute = element.attributes[name];
    if (!attribute) continue;
    if (form === 'literal') literals[name] = attribute.text;
    else expressions.push({ name, chunk: add(compiler, 'value', attribute) });
  }
  return (session: Running) => {
    const values = { ...literals };
    for (const { name, chunk } of expressions) values[name] = session.scope.value(chunk);
    return values;
  };
};

const compileChildren = (
  element: XmlElement,
  forms: Readonly<Record<string, ModuleElement>>,
  compiler: Compiler,
): Evaluate<ModuleChild[]> => {
  const compiled = element.children.flatMap((child) => {
    const form = isElement(child) ? forms[child.name] : undefined;
    if (!isElement(child) || !form) return [];
    return {
      name: child.name,
      attributes: compileAttributes(child, form.attributes, compiler),
      children: compileChildren(child, form.children ?? {}, compiler),
    };
  });
  return (session) =>
    compiled.map(({ name, attributes, children }) => ({
      name,
      attributes: attributes(session),
      children: children(session),
    }));
};

const isElement = (node: XmlElement | XmlText): node is XmlElement => 'name' in node;

/** `<param>` and `<content>` inside an action are SCXML's own elements. */
const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter(
    (child): child is XmlElement =>
      isElement(child) && child.name === name && [SCXML_NAMESPACE, '', parent.namespace].includes(child.namespace),
  );

const toParam = ({ attributes, at }: XmlElement): Param => ({
  name: attributes['name']?.text ?? '',
  expr: attributes['expr'] ?? attributes['location'],
  at,
});

const toContent = (
  element: XmlElement,
): { expr: Source | undefined; inline: undefined; at: Source['at'] } | undefined => {
  const [content] = elements(element, 'content');
  return (
    content && { expr: content.attributes['_expr'] ?? content.attributes['expr'], inline: undefined, at: content.at }
  );
};
