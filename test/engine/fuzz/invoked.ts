/** Cases (`cases.ts`) of sessions that invoke others. */
import { document, type Case } from './case.js';

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

export const invoked: Readonly<Record<string, Case>> = {
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
      1: ['enter c', 'exit c', 'enter over', 'exit over'],
      2: ['enter c', 'exit c'],
    },
  },
  'what was on its way to a cancelled session is not for the one that is invoked anew': {
    clause: 'SCXML 6.4.3: two invocations are two sessions; both test hosts once gave them one id',
    text: invoking('autoforward="true"', '<state id="c"><transition event="again" target="d"/></state><state id="d"/>'),
    moves: [{ send: 'again' }],
    told: {
      root: ['enter s', '= s', 'exit s', 'enter s', '= s'],
      1: ['enter c', 'exit c'],
      2: ['enter c'],
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
      1: ['enter c', 'log values "1 7"', 'exit c'],
    },
  },
  'of two timers that are due at once the earlier one fires first, whichever session has it': {
    clause:
      'SCXML 6.2 leaves it open; by createActor a restored session once armed its own before those of its children',
    text: document(
      `<state id="s">
        <invoke id="i"><content>${document(
          '<state id="c"><onentry><send event="child" target="#_parent" delay="20ms"/></onentry></state>',
        )}</content></invoke>
        <transition event="arm"><send event="own" delay="10ms"/></transition>
        <transition event="*"><log label="heard" expr="_event.name"/></transition>
      </state>`,
    ),
    moves: [{ advance: 10 }, { send: 'arm' }, { advance: 10 }],
    told: {
      root: ['enter s', '= s', '= s', '= s', 'log heard "child"', 'log heard "own"', '= s'],
      1: ['enter c'],
    },
  },
  'a message whose id has no place is told of with the id': {
    clause: 'SCXML 5.10.1, sendid: of error events of a <send> too; the engine once left it out',
    text: document(
      `<state id="s">
        <onentry><send event="never" idlocation="no.where"/></onentry>
        <transition event="error.execution" target="t"><log expr="_event.sendid"/></transition>
      </state>
      <state id="t"/>`,
    ),
    moves: [],
    told: { root: ['enter s', 'exit s', 'log  "send.#"', 'enter t', '= t'] },
  },
  'what comes from an invoked session has the id of the invocation, also when it is sent to the session by its own id':
    {
      clause:
        'SCXML 5.10.1, invokeid: <finalize> asks for it; createActor and the host of the steps once set it for #_parent alone',
      text: document(
        `<datamodel><data id="got"/></datamodel>
      <state id="s">
        <invoke id="i">
          <finalize><assign location="got" expr="_event.data.n"/></finalize>
          <content>${document(
            `<state id="c">
              <transition event="ask"><send event="answer" targetexpr="_event.origin"><param name="n" expr="7"/></send></transition>
            </state>`,
          )}</content>
        </invoke>
        <transition event="go"><send event="ask" target="#_i"/></transition>
        <transition event="answer"><log expr="_event.invokeid + got"/></transition>
      </state>`,
      ),
      moves: [{ send: 'go' }],
      told: { root: ['enter s', '= s', 'log  "i7"', '= s'], 1: ['enter c'] },
    },
  'nothing of a cancelled session reaches the one that invoked it, by whatever name it is sent': {
    clause: 'SCXML 6.4.3; createActor and the host of the steps once ignored only what was for #_parent',
    text: document(
      `<state id="s">
        <invoke id="i"><content>${document(
          `<datamodel><data id="boss"/></datamodel>
          <state id="c">
            <onexit><send event="late" targetexpr="boss"/><log label="left"/></onexit>
            <transition event="hello"><assign location="boss" expr="_event.origin"/></transition>
          </state>`,
        )}</content></invoke>
        <transition event="go"><send event="hello" target="#_i"/></transition>
        <transition event="out" target="t"/>
      </state>
      <state id="t"><transition event="late" target="s"/></state>`,
    ),
    moves: [{ send: 'go' }, { send: 'out' }],
    told: {
      root: ['enter s', '= s', '= s', 'exit s', 'enter t', '= t'],
      1: ['enter c', 'log left undefined', 'exit c'],
    },
  },
  'an answer to a session that was cancelled is not for the one that is invoked anew': {
    clause: 'SCXML 5.10, _sessionid: createActor once gave both one id',
    text: document(
      `<datamodel><data id="first" expr="true"/></datamodel>
      <state id="s">
        <invoke id="i">
          <param name="first" location="first"/>
          <content>${document(
            `<datamodel><data id="first"/></datamodel>
            <state id="c">
              <onentry><if cond="first">
                <send event="again" target="#_parent"/><send event="question" target="#_parent"/>
              </if></onentry>
              <transition event="answer"><log label="answered"/></transition>
            </state>`,
          )}</content>
        </invoke>
        <transition event="again" target="s"><assign location="first" expr="false"/></transition>
        <transition event="question"><send event="answer" targetexpr="_event.origin"/></transition>
        <transition event="error.communication" target="t"/>
      </state>
      <state id="t"/>`,
    ),
    moves: [],
    told: {
      root: ['enter s', 'exit s', 'enter s', 'exit s', 'enter t', '= t'],
      1: ['enter c', 'exit c'],
      2: ['enter c', 'exit c'],
    },
  },
  'a message to an invoked session that has ended is error.communication': {
    clause: 'SCXML 6.2.5; createActor once let it drop until the session had heard of the end',
    text: document(
      `<state id="s">
        <invoke id="i"><content>${document(
          `<state id="c"><transition event="stop" target="over"/></state>
          <final id="over"><onentry><send event="last" target="#_parent"/></onentry></final>`,
        )}</content></invoke>
        <transition event="go"><send event="stop" target="#_i"/></transition>
        <transition event="last"><send event="more" target="#_i"/></transition>
        <transition event="error.communication"><log label="error"/></transition>
        <transition event="done.invoke"><log label="done"/></transition>
      </state>`,
    ),
    moves: [{ send: 'go' }],
    told: {
      root: ['enter s', '= s', 'log done undefined', 'log error undefined', '= s'],
      1: ['enter c', 'exit c', 'enter over', 'exit over'],
    },
  },
};
