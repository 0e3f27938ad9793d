/**
 * Documents on which engine and oracle once differed, on which hosts misled both, or that random charts are seldom like; made small,
 * and with what the clause says must come of them. `oracle.test.ts` plays each with both.
 */
import { document, type Case } from './case.js';
import { invoked } from './invoked.js';

export const cases: Readonly<Record<string, Case>> = {
  ...invoked,
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
  'a state without an id is never taken for one that has it': {
    clause: 'SCXML 3.3, id; a document could write the ids that the engine and the oracle once made up',
    text: document(
      `<state id="s"><transition event="go" target="#3"/></state>
      <state id="#3"><onentry><log label="here"/></onentry></state>
      <state/>`,
    ),
    moves: [{ send: 'go' }],
    told: { root: ['enter s', '= s', 'exit s', 'enter #3', 'log here undefined', '= #3'] },
  },
  'the ancestors of what is active are active, also when the exit records a history that the transition leads to': {
    clause:
      'SCXML 3.11; Appendix D, followed to the letter, asks for the domain twice: it leaves p and does not enter it',
    text: document(
      `<parallel id="p">
        <history id="h" type="deep"><transition target="s"/></history>
        <state id="s">
          <parallel id="q">
            <transition event="back" target="h"/>
            <state id="a"/>
          </parallel>
        </state>
      </parallel>`,
    ),
    moves: [{ send: 'back' }, { send: 'back' }],
    told: {
      root: [
        ...['enter p', 'enter s', 'enter q', 'enter a', '= a'],
        ...['exit a', 'exit q', 'exit s', 'exit p', 'enter p', 'enter s', 'enter q', 'enter a', '= a'],
        ...['exit a', 'exit q', 'enter q', 'enter a', '= a'],
      ],
    },
  },
  'a history around the domain of a transition enters nothing that is active': {
    clause: 'SCXML 3.13, the entry set; Appendix D, followed to the letter, enters s and r again, and z beside y',
    text: document(
      `<state id="p">
        <history id="h" type="deep"><transition target="b"/></history>
        <state id="s">
          <parallel id="r">
            <state id="x"><state id="z"><transition event="move" target="y"/></state><state id="y"/></state>
            <state id="w">
              <state id="a"><transition event="go" target="h"/></state>
              <state id="b"/>
            </state>
          </parallel>
        </state>
      </state>`,
    ),
    moves: [{ send: 'move' }, { send: 'go' }],
    told: {
      root: [
        ...['enter p', 'enter s', 'enter r', 'enter x', 'enter z', 'enter w', 'enter a', '= z a'],
        ...['exit z', 'enter y', '= y a', 'exit a', 'enter b', '= y b'],
      ],
    },
  },
};
