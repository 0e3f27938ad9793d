/**
 * Documents on which engine and oracle once differed, on which hosts misled both, or that random charts are seldom like; made small,
 * and with what the clause says must come of them. `oracle.test.ts` plays each with both.
 */
import type { Move } from './sketch.js';

export interface Case {
  readonly clause: string;
  readonly text: string;
  readonly moves: readonly Move[];
  /** What all sessions tell; children are numbered in the order in which they were invoked. */
  readonly told: Readonly<Record<string, readonly string[]>>;
}

const document = (content: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${content}</scxml>`;

/** A session that invokes a child, tells it whether it is the first, and is made to do so anew by its `again`. */
const invoking = (attributes: string, child: string): string =>
  document(
    `<datamodel><data id="first" expr="true"/></datamodel>
    <state id="s">
      <invoke id="i" ${attributes}>
        <param name="first" location="first"/>
        <content>${document(`<datamodel><data id="first"/></datamodel>${child}`)}</content>
      </invoke>
      <transition event="again" target="s"><assign location="first" expr="false"/></transition>
      <transition event="out" target="t"/>
    </state>
    <state id="t"/>`,
  );

export const cases: Readonly<Record<string, Case>> = {
  'a late done.invoke does not make a session forget the one that it has invoked anew': {
    clause: 'Appendix D, exitStates: every invocation of a state is cancelled when the state is left',
    text: invoking(
      '',
      `<state id="c">
        <onentry><if cond="first"><send event="again" target="#_parent"/></if></onentry>
        <transition cond="first" target="over"/>
      </state>
      <final id="over"/>`,
    ),
    moves: [{ send: 'out' }],
    told: {
      root: ['enter s', 'exit s', 'enter s', '= s', 'exit s', 'enter t', '= t'],
      'root.i.1': ['enter c', 'exit c', 'enter over', 'exit over'],
      'root.i.2': ['enter c', 'exit c'],
    },
  },
  'what was on its way to a cancelled session is not for the one that is invoked anew': {
    clause: 'SCXML 6.4.3: two invocations are two sessions; both test hosts once gave them one id',
    text: invoking('autoforward="true"', '<state id="c"><transition event="again" target="d"/></state><state id="d"/>'),
    moves: [{ send: 'again' }],
    told: {
      root: ['enter s', '= s', 'exit s', 'enter s', '= s'],
      'root.i.1': ['enter c', 'exit c'],
      'root.i.2': ['enter c'],
    },
  },
  'a parameter that fails is left out of an invocation': {
    clause: 'SCXML 5.7: error.execution, and name and value are ignored; the oracle once did not invoke at all (6.4.2)',
    text: document(
      `<state id="s">
        <invoke id="i">
          <param name="bad" expr="no.where"/><param name="good" expr="7"/>
          <content>${document(
            `<datamodel><data id="bad" expr="1"/><data id="good" expr="2"/></datamodel>
            <state id="c"><onentry><log label="values" expr="bad + ' ' + good"/></onentry></state>`,
          )}</content>
        </invoke>
        <transition event="error.execution" target="t"/>
      </state>
      <state id="t"/>`,
    ),
    moves: [],
    told: {
      root: ['enter s', 'exit s', 'enter t', '= t'],
      'root.i.1': ['enter c', 'log values "1 7"', 'exit c'],
    },
  },
  'the default content of a history that leads to another history of its state gives way, also to none': {
    clause: 'Appendix D, addDescendantStatesToEnter: defaultHistoryContent[state.parent.id] is assigned again',
    text: document(
      `<state id="s"><transition event="in" target="h"/></state>
      <state id="p">
        <history id="h"><transition target="g"><log label="h"/></transition></history>
        <history id="g"><transition target="b"/></history>
        <state id="a"/><state id="b"/>
      </state>`,
    ),
    moves: [{ send: 'in' }],
    told: { root: ['enter s', '= s', 'exit s', 'enter p', 'enter b', '= b'] },
  },
  'the content of an initial comes before that of the history that it leads to': {
    clause: 'Appendix D, enterStates',
    text: document(
      `<state id="p">
        <initial><transition target="h"><log label="initial"/></transition></initial>
        <history id="h"><transition target="b"><log label="history"/></transition></history>
        <state id="a"/><state id="b"/>
      </state>`,
    ),
    moves: [],
    told: { root: ['enter p', 'log initial undefined', 'log history undefined', 'enter b', '= b'] },
  },
  'what a history leads to is asked each time': {
    clause: 'Appendix D, getEffectiveTargetStates; the engine keeps the plans of transitions that ask no history',
    text: document(
      `<state id="s"><transition event="in" target="h"/></state>
      <state id="p">
        <history id="h"><transition target="a"/></history>
        <state id="a"><transition event="next" target="b"/></state>
        <state id="b"/>
        <transition event="out" target="s"/>
      </state>`,
    ),
    moves: ['in', 'out', 'in', 'next', 'out', 'in'].map((send) => ({ send })),
    told: {
      root: [
        ...['enter s', '= s', 'exit s', 'enter p', 'enter a', '= a', 'exit a', 'exit p', 'enter s', '= s'],
        ...['exit s', 'enter p', 'enter a', '= a', 'exit a', 'enter b', '= b', 'exit b', 'exit p', 'enter s', '= s'],
        ...['exit s', 'enter p', 'enter b', '= b'],
      ],
    },
  },
};
