/**
 * The assertions that the Implementation Report Plan leaves to a person who reads the log. Each document's own comment says
 * what to look for; here a machine looks for just that.
 */
import { expect } from 'chai';
import { DocumentError } from '../../engine/position.js';
import type { Way } from '../support/run-document.js';
import type { Case } from '../support/suite.js';
import type { Exchange } from './exchange.js';

interface Reading {
  /** What is to be seen. */
  readonly shows: string;
  /** For an assertion that the package has no document for. */
  readonly document?: Case;
  readonly judge: (exchange: Exchange, way: Way, document: Case) => Promise<void>;
}

/** The package has no document for 513: the assertion itself asks for a session, a POST to it, and a look at the answer. */
const listener: Case = {
  folder: 'w3c-ecma',
  name: '513',
  text: `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" initial="s0">
    <state id="s0">
      <transition event="test" cond="_event.data.Var1 == 2" target="pass"/>
      <transition event="*" target="fail"/>
    </state>
    <final id="pass"/>
    <final id="fail"/>
  </scxml>`,
  resources: () => undefined,
};

const reachesPass: Reading['judge'] = async (exchange, way, document) => {
  const { run, log } = await exchange.play(way, document);
  expect(run.configuration()).to.deep.equal(['pass']);
  expect(log).to.deep.equal([{ label: 'Outcome', value: 'pass' }]);
};

export const readings: Readonly<Record<string, Reading>> = {
  '178': {
    shows: 'both values of a parameter that is given twice are in the raw event',
    judge: async (exchange, way, document) => {
      const { run, log } = await exchange.play(way, document);
      expect(run.configuration()).to.deep.equal(['final']);
      expect(log.map(({ label }) => label)).to.deep.equal(['_event ']);
      expect(JSON.parse(String(log[0]?.value))).to.deep.equal([
        ['Var1', 2],
        ['Var1', 3],
      ]);
    },
  },
  '230': {
    shows: 'a forwarded event has the fields of the original',
    judge: async (exchange, way, document) => {
      const { run, log } = await exchange.play(way, document);
      expect(run.configuration()).to.deep.equal(['final']);
      const fields = ['name', 'type', 'sendid', 'origin', 'origintype', 'invokeid', 'data'].map((f) => `${f} is `);
      expect(log.map(({ label }) => label)).to.deep.equal([...fields, ...fields]);
      expect(log.slice(0, 7)).to.deep.equal(log.slice(7));
      expect(log[0]?.value).to.equal('childToParent');
    },
  },
  '250': {
    shows: 'a cancelled session runs the onexit handlers of its active states',
    judge: async (exchange, way, document) => {
      const { run, log } = await exchange.play(way, document);
      expect(run.configuration()).to.deep.equal(['final']);
      expect(log.map(({ value }) => value)).to.deep.equal(['Exiting sub01', 'Exiting sub0']);
    },
  },
  '301': {
    shows: 'a document whose script cannot be loaded is rejected',
    judge: async (exchange, way, document) => {
      const start = () => exchange.start(way, document);
      expect(start).to.throw(DocumentError, /script "D:\\foo" cannot be loaded/);
    },
  },
  '307': {
    shows: 'data not bound yet reads like a missing part of bound data',
    judge: async (exchange, way, document) => {
      const { log: seen } = await exchange.play(way, document);
      const accesses = seen.filter(({ label = '' }) => label.startsWith('entering'));
      expect(accesses.map(({ value }) => value)).to.deep.equal([undefined, undefined]);
      // Its two logs that only speak have expr="", an error of its own: without that, neither access is followed by one.
      const text = document.text.replaceAll('expr=""', `expr="'so it is'"`);
      const { run, log } = await exchange.play(way, { ...document, text });
      expect(run.configuration()).to.deep.equal(['final']);
      const values = log.map(({ value }) => value);
      expect(values).to.deep.equal([undefined, 'so it is', undefined, 'so it is']);
      expect(log.map(({ label }) => label?.toLowerCase())).to.include.members(['no error in s0', 'no error in s1']);
    },
  },
  '313': { shows: 'an ill-formed expression is an error when it is evaluated', judge: reachesPass },
  '314': {
    shows: 'and not before',
    judge: async (exchange, way, document) => {
      await reachesPass(exchange, way, document);
      const { states } = exchange.start(way, document);
      expect(states.join(' ')).to.equal('+s0 +s01 -s01 +s02 -s02 +s03 -s03 -s0 +pass -pass');
    },
  },
  '415': {
    shows: 'nothing is processed after a top-level final state',
    judge: async (exchange, way, document) => {
      const { run, states } = exchange.start(way, document);
      expect(run.running()).to.equal(false);
      expect(run.configuration()).to.deep.equal(['final']);
      expect(states).to.deep.equal(['+final', '-final']);
      expect(run.event()).to.equal(undefined);
    },
  },
  '513': {
    shows: 'a message over HTTP is in the queue when it is answered with 2XX',
    document: listener,
    judge: async (exchange, way, document) => {
      const { run, location } = exchange.start(way, document);
      const body = new URLSearchParams({ _scxmleventname: 'test', Var1: '2' });
      const { status } = await fetch(location, { method: 'POST', body });
      expect(status).to.equal(200);
      expect(run.configuration()).to.deep.equal(['pass']);
    },
  },
};
