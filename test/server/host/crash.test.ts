/**
 * A host that ends at any commit, written or not, and one that goes on: the same session, in the end, as one that was never
 * interrupted, and nothing done twice but with the same key.
 */
import { expect } from 'chai';
import type { SessionRecord } from '../../../server/store/port.js';
import type { Death } from '../mortal.js';
import { livesOf, type Lives } from './lives.js';

interface Scene {
  readonly documents: Readonly<Record<string, string>>;
  /** Events and milliseconds, in turn. */
  readonly play: readonly (string | number)[];
}

const scenes: Record<string, Scene> = {
  'delayed sends, one of them cancelled': {
    documents: {
      main: `<datamodel><data id="heard" expr="[]"/></datamodel>
        <state id="s">
          <onentry>
            <send event="one" delay="100ms"/><send event="two" delay="200ms" id="b"/><send event="three" delay="300ms"/>
          </onentry>
          <transition event="go"><cancel sendid="b"/><send event="four" delay="50ms"/></transition>
          <transition event="one two three four"><assign location="heard" expr="heard.concat(_event.name)"/></transition>
        </state>`,
    },
    play: [120, 'go', 400],
  },
  'acts on the world, and what comes of them': {
    documents: {
      main: `<datamodel><data id="n" expr="0"/></datamodel>
        <state id="s">
          <transition event="go" target="acting"/>
        </state>
        <state id="acting">
          <onentry><t:act say="'a' + n"/><t:act say="'b' + n"/></onentry>
          <transition event="acted" cond="n &lt; 3" target="acting"><assign location="n" expr="n + 1"/></transition>
        </state>`,
    },
    play: ['go', 10],
  },
  'an invoked session that answers, is sent to, and ends': {
    documents: {
      main: `<datamodel><data id="heard" expr="[]"/></datamodel>
        <state id="with">
          <invoke id="c" src="child"><param name="given" expr="7"/></invoke>
          <transition event="go"><send target="#_c" event="ping"/><send target="#_c" event="stop" delay="100ms"/></transition>
          <transition event="pong late" ><assign location="heard" expr="heard.concat(_event.name)"/></transition>
          <transition event="done.invoke.c" target="after"><assign location="heard" expr="heard.concat(_event.data.was)"/></transition>
        </state>
        <state id="after"><onentry><t:act say="heard.join()"/></onentry></state>`,
      child: `<datamodel><data id="given"/></datamodel>
        <state id="s">
          <onentry><send target="#_parent" event="late" delay="50ms"/></onentry>
          <transition event="ping"><send target="#_parent" event="pong"/></transition>
          <transition event="stop" target="end"/>
        </state>
        <final id="end"><donedata><param name="was" expr="given"/></donedata></final>`,
    },
    play: ['go', 300],
  },
  'an invoked session that is left, and another in its place': {
    documents: {
      main: `<datamodel><data id="heard" expr="[]"/></datamodel>
        <state id="with">
          <invoke id="c" src="child"/>
          <transition event="go" target="with"/>
          <transition event="in tick"><assign location="heard" expr="heard.concat(_event.name)"/></transition>
        </state>`,
      child: `<state id="s">
          <onentry><send target="#_parent" event="in"/><send event="tick" delay="100ms"/></onentry>
          <transition event="tick"><send target="#_parent" event="tick"/></transition>
          <onexit><t:act say="'left'"/></onexit>
        </state>`,
    },
    play: [20, 'go', 200],
  },
  'sessions that write to each other': {
    documents: {
      main: `<datamodel><data id="n" expr="0"/><data id="peer"/></datamodel>
        <state id="s">
          <invoke id="c" src="peer"/>
          <transition event="hello"><assign location="peer" expr="_event.origin"/><send targetexpr="peer" event="ball"/></transition>
          <transition event="ball" cond="n &lt; 4"><assign location="n" expr="n + 1"/><send targetexpr="peer" event="ball"/></transition>
        </state>`,
      peer: `<datamodel><data id="n" expr="0"/></datamodel>
        <state id="s">
          <onentry><send target="#_parent" event="hello"/></onentry>
          <transition event="ball"><assign location="n" expr="n + 1"/><send targetexpr="_event.origin" event="ball"/></transition>
        </state>`,
    },
    play: [50],
  },
  'a session that ends with sends on their way': {
    documents: {
      main: `<state id="s">
          <onentry><send event="never" delay="500ms"/></onentry>
          <transition event="go" target="end"><t:act say="'bye'"/></transition>
          <transition event="never"><t:act say="'never'"/></transition>
        </state>
        <final id="end"/>`,
    },
    play: ['go', 1000],
  },
};

/** All of a session that does not depend on how often the process ended. */
const lastOf = ({ uri, status, configuration, state }: SessionRecord): string =>
  JSON.stringify({
    uri,
    status,
    configuration,
    variables: (JSON.parse(state) as { data: { variables?: unknown } }).data.variables,
  });

const masked = (text: string): string => text.replace(/\d{32}/g, 'ID');

const playOf = async ({ documents, play }: Scene, deaths: readonly Death[]): Promise<Lives> => {
  const lives = await livesOf(documents, deaths);
  const id = await lives.start('start');
  for (const [index, each] of play.entries()) {
    if (typeof each === 'number') await lives.advance(each);
    else await lives.deliver(id, each, `event ${index}`);
  }
  // Whatever was late because nobody was there.
  await lives.advance(3_000);
  return lives;
};

const endOf = async (lives: Lives) => ({
  sessions: (await lives.sessions()).map(lastOf).map(masked).sort(),
  acts: [...new Map(lives.acts.map(({ key, say }) => [key, say])).values()].map(String).sort(),
  outbox: (await lives.store.due({ due: -Infinity, seq: 0 }, Infinity, 100)).map(({ task }) => task),
});

describe('a host that is killed and goes on', () => {
  for (const [name, scene] of Object.entries(scenes)) {
    it(`has the same end, killed at any commit: ${name}`, async () => {
      const whole = await playOf(scene, []);
      const wanted = await endOf(whole);
      expect(wanted.outbox, 'left over').to.deep.equal([]);
      for (let at = 1; at <= whole.commits; at += 1)
        for (const written of [false, true]) {
          const lives = await playOf(scene, [{ at, written }]);
          const where = `killed at commit ${at} of ${whole.commits}, ${written ? 'written' : 'not written'}`;
          expect(lives.deaths, where).to.equal(1);
          expect(await endOf(lives), where).to.deep.equal(wanted);
        }
    });

    it(`has the same end, killed twice: ${name}`, async () => {
      const wanted = await endOf(await playOf(scene, []));
      for (let at = 1; at <= 12; at += 1)
        for (let next = 1; next <= 3; next += 1) {
          const lives = await playOf(scene, [
            { at, written: at % 2 === 0 },
            { at: at + next, written: next % 2 === 0 },
          ]);
          expect(await endOf(lives), `killed at commits ${at} and ${at + next}`).to.deep.equal(wanted);
        }
    });
  }
});
