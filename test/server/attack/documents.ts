/**
 * Attacks as documents: each waits for the event `attack`, runs one hostile source, and tells who looks what became of it. And the
 * document of those who stand beside.
 */
import {
  beyondTrusted,
  escapes,
  refused,
  results,
  runaways,
  tampering,
  throwing,
} from '../../engine/datamodel/attacks.js';
import { natives } from '../../engine/datamodel/natives.js';
import { operators } from '../../engine/datamodel/operators.js';

export interface Attack {
  readonly what: string;
  readonly document: string;
  /** What it may come to. */
  readonly ends: readonly string[];
}

const failed = ['failed', 'error'];
/** Also to nothing at all. */
const harmless = ['attacked', ...failed];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const scxml = (data: string, inside: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:ws="www.genesyslab.com/modules/ws" version="1.0"
  datamodel="ecmascript"><datamodel>${data}</datamodel>${inside}</scxml>`;

const BIG = '<data id="big" expr="BigInt(1e300)"/>';

const look = (state: string): string =>
  `<transition event="look"><ws:response requestid="_event.sendid"><ws:param name="state" expr="'${state}'"/>
    <ws:param name="stolen" expr="typeof stolen"/><ws:param name="reason" expr="reason"/></ws:response></transition>`;

const attacking = (source: string, after = ''): string =>
  scxml(
    `<data id="n" expr="0"/><data id="stolen"/><data id="reason"/>${/\bbig\b/.test(source) ? BIG : ''}`,
    `<state id="ready">
      <transition event="attack" target="attacked"><script>${escaped(source)}</script>${after}</transition>
    </state>
    <state id="attacked">
      <transition event="error.execution" target="failed"><assign location="reason" expr="_event.data.reason"/></transition>
      ${look('attacked')}
    </state>
    <state id="failed">${look('failed')}</state>`,
  );

type Named = readonly (readonly [what: string, source: string])[];

const of = (category: string, ends: Attack['ends'], sources: Named, after?: string): Attack[] =>
  sources.map(([what, source]) => ({ what: `${category}: ${what}`, document: attacking(source, after), ends }));

/** What the server gives documents for `eval` reads data and runs nothing. */
const isRead = (source: string): boolean => /\beval\)?\(/.test(source);

export const attacks: readonly Attack[] = [
  ...of('escape', harmless, Object.entries(escapes)),
  ...refused.flatMap((source) => of('refused', isRead(source) ? harmless : failed, [[source, source]])),
  ...of(
    'tampering',
    harmless,
    tampering.map(([what, source]) => [what, source]),
  ),
  ...of('runaway', failed, Object.entries(runaways)),
  ...of(
    'beyond',
    failed,
    Object.entries(beyondTrusted).map(([what, { script }]) => [what, script]),
  ),
  ...of('native', failed, Object.entries(natives)),
  ...of('operator', failed, Object.entries(operators)),
  ...of('throwing', failed, Object.entries(throwing)),
  ...of('result', failed, Object.entries(results), '<log expr="v"/>'),
];

/** What no attack may change for others: expressions and their values. */
const expressions: readonly (readonly [expression: string, value: unknown])[] = tampering.map(
  ([what, , expression, value]) =>
    what === 'Date' ? ['new Date().getTime() > 99 && Date.now() > 99', true] : [expression, value],
);

/** Answers `ask` with a count of how often it was asked, data that it keeps, and all expressions. */
export const bystander = scxml(
  '<data id="asked" expr="0"/><data id="victim" expr="1"/><data id="kept" expr="{ list: [1, \'two\', { three: 3 }] }"/>',
  `<state id="ready"><transition event="ask"><assign location="asked" expr="asked + 1"/>
    <ws:response requestid="_event.sendid"><ws:param name="asked" expr="asked"/><ws:param name="kept" expr="kept"/>
    ${expressions.map(([expression], index) => `<ws:param name="e${index}" expr="${escaped(expression)}"/>`).join('')}
    </ws:response></transition></state>`,
);

/** The right answer of a bystander that is asked for the nth time. */
export const rightAnswer = (nth: number): Record<string, unknown> => ({
  asked: nth,
  kept: { list: [1, 'two', { three: 3 }] },
  ...Object.fromEntries(expressions.flatMap(([, value], index) => (value === undefined ? [] : [[`e${index}`, value]]))),
});
