/**
 * What strategies can do and hear, as Markdown, made of the tables of the modules: `/ors/help` has it, and `docs/modules.md` is it, for who
 * writes strategies. Every line is plain enough to be read as text.
 */
import type { ModuleAction, ModuleElement } from '../../engine/modules.js';
import type { ModuleTable } from '../host/module.js';
import { treatmentElements } from '../ors/modules/dialog/elements.js';

const code = (text: string): string => `\`${text}\``;
const list = (texts: readonly string[]): string => texts.map(code).join(', ');

/** A literal stands as it is, of a value the document says an expression; what must be there has a `!`. */
const attributesOf = ({ attributes, required = [] }: ModuleElement & Pick<ModuleAction, 'required'>): string =>
  Object.entries(attributes)
    .map(([name, form]) => code(name + (required.includes(name) ? '!' : '')) + (form === 'literal' ? ' (literal)' : ''))
    .join(', ');

/** The children of `<runtreatments>` are actions themselves, and said there. */
const childrenOf = (children: ModuleElement['children'] = {}, indent: string): string[] =>
  children === treatmentElements
    ? [`${indent}- ${list(Object.keys(children).map((name) => `<${name}>`))}, as the dialog module has them`]
    : Object.entries(children).flatMap(([name, element]) => [
        `${indent}- ${code(`<${name}>`)}${said(': ', attributesOf(element))}`,
        ...childrenOf(element.children, `${indent}  `),
      ]);

const said = (before: string, text: string): string => (text === '' ? '' : before + text);

const actionOf = ([name, action]: [string, ModuleAction]): string[] => [
  `- **${name}**${said(': ', attributesOf(action))}`,
  ...(action.params ? ['  - `<param>`: `name` (literal), `expr`'] : []),
  ...(action.content ? ['  - `<content>`: `expr`, or its text'] : []),
  ...childrenOf(action.children, '  '),
];

const eventOf = ([name, fields]: [string, readonly string[]], { errors = {} }: ModuleTable): string => {
  const words = errors[name] ?? [];
  return `- ${code(name)}${said(': ', list(fields))}${said('; `error` is ', list(words))}`;
};

const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', title, '', ...lines] : [];

const moduleOf = (module: ModuleTable): string[] => {
  const { namespace, actions, events = {}, model } = module;
  const name = namespace.split(/[/:]/).at(-1) ?? '';
  const functions = Object.keys(model?.functions ?? {});
  return [
    '',
    `## ${name}`,
    '',
    `${code(namespace)}${model ? `; what it shows is ${code(`_genesys.${model.root}`)}` : ''}`,
    ...titled('Actions:', Object.entries(actions).flatMap(actionOf)),
    ...titled(
      'Functions that do something, and answer by events:',
      functions.map((each) => `- ${code(each)}`),
    ),
    ...titled(
      'Events:',
      Object.entries(events).map((entry) => eventOf(entry, module)),
    ),
  ];
};

export const modulesText = (modules: readonly ModuleTable[]): string =>
  [
    '# Actions of strategies, and the events that come of them',
    '',
    'Attributes are value expressions where nothing else is said: `type="\'music\'"`. One with `!` must be there. Every action',
    'that has no `requestid` of its own takes one, a location, which has the id of the action before anything can come of it. Events',
    'have the fields that are listed; one with `?` is not always there. `error` of an error event is one of the words that are',
    'listed, or `unknown` where something broke on the way; `description` says it in a sentence.',
    ...modules.flatMap(moduleOf),
    '',
  ].join('\n');
