/**
 * Plays a story: the whole server as it ships on the virtual clock, the simulated contact centre and a web server around it.
 * Neighbours: `story.ts` has what happens, `deeds.ts` does it, `trace.ts` has what is seen.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { virtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { servicesOf } from '../../server/gms/services.js';
import { createLog } from '../../server/log.js';
import { applicationsOf } from '../../server/ors/inbound/applications.js';
import { ringback } from '../../server/ringback.js';
import { memoryStore } from '../../server/store/memory.js';
import type { TelephonyPort } from '../../server/voice/port.js';
import { contactCentre } from '../../server/voice/simulated/centre.js';
import { timelineFrom } from '../support/timeline.js';
import { deedsOf } from './deeds.js';
import { folder, type Story } from './story.js';
import { traceFrom, type Trace } from './trace.js';
import { webOf } from './web.js';
import { warm } from '../support/warm.js';

/** What nobody outside may notice: which kernel runs the document, and whether sessions stay in memory. */
export interface World {
  readonly trusted: boolean;
  /** How many sessions may stay in memory while they rest. */
  readonly residents: number;
}

const START = Date.parse('2026-03-02T09:00:00.000Z');
const strategies = join(import.meta.dirname, '../../strategies');

/** What is seen, in order. */
export const play = async (name: string, story: Story, world: World): Promise<readonly string[]> => {
  const clock = virtualClock(START);
  let url = '';
  let webUrl = '';
  const trace = traceFrom(
    START,
    () => clock.now(),
    () => [...places(url, 'http://ringback'), ...places(webUrl, 'http://web'), ...places(folder, '$HERE')],
  );
  const web = await webOf(story, trace.tell);
  webUrl = web.url;
  const centre = centreOf(story, clock, trace);
  const here = (text: string): string => text.replaceAll('$HERE', folder).replaceAll('$WEB', web.url);
  const server = await ringback({
    warm,
    config: { ...configFrom({ RINGBACK_FETCH_HOSTS: web.host }), sessionsInMemory: world.residents },
    places: { strategies, folders: [folder], hosts: [web.host], trusted: world.trusted ? [folder, web.url] : [] },
    url: () => url,
    clock,
    store: trace.listening(memoryStore()),
    world: centre,
    services: servicesOf({}, new Map(), 'the corpus'),
    applications: applicationsOf(JSON.parse(here(JSON.stringify(inboundOf(story)))), 'the story'),
    log: createLog('info', { write: (line) => logged(line, trace) }),
    during: (work) => clock.during(work),
  });
  trace.watch(server.host);
  const listener = server.app.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const until = (seconds: number): Promise<void> => clock.advance(Math.max(0, START + seconds * 1000 - clock.now()));
  const act = deedsOf({ url, clock, centre, trace, here, document: `$HERE/${name}.scxml` });
  try {
    for (const deed of story.deeds) {
      await until(deed.at);
      await act(deed);
    }
    await until(story.seconds);
    return [...trace.lines];
  } finally {
    listener.closeAllConnections();
    listener.close();
    await server.stop();
    await web.close();
  }
};

const inboundOf = ({ routePoints = {}, scripts = {} }: Story): object => ({
  routePoints: Object.fromEntries(
    Object.entries(routePoints).map(([point, application]) => [point, { Orchestration: { application } }]),
  ),
  scripts,
});

const places = (what: string, told: string): (readonly [string, string])[] => (what === '' ? [] : [[what, told]]);

/** The contact centre of the story, whose calls are told. */
const centreOf = (story: Story, clock: ReturnType<typeof virtualClock>, { tell }: Trace) => {
  const timeline = timelineFrom(START, () => clock.now());
  const told = <T>(act: () => T): T => {
    const before = timeline.lines.length;
    const result = act();
    for (const line of timeline.lines.slice(before)) tell(line.slice(line.indexOf(' ') + 1));
    return result;
  };
  const centre = contactCentre({
    clock,
    seed: 'corpus',
    agents: [],
    customers: [],
    ...story.centre,
    log: (entry) => {
      told(() => {
        timeline.network(entry);
      });
    },
  });
  const heard = timeline.listening(centre.telephony);
  const telephony: TelephonyPort = { ...heard, play: (request) => told(() => heard.play(request)) };
  return { ...centre, telephony };
};

/** What strategies log, and what the server has to complain about. */
const logged = (line: string, { tell }: Trace): void => {
  const { level, msg, sessionid, label, value, why, err } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const how = level === 'info' ? '' : ` ${text(level)}`;
  if (msg === 'strategy log')
    tell(`${text(sessionid)} log${how} ${label === undefined ? '' : `${text(label)}: `}${text(value)}`);
  else if (how !== '')
    tell(
      `server${how} ${[msg, why, err]
        .filter((part) => part !== undefined)
        .map(text)
        .join(': ')}`,
    );
};

const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === undefined ? 'undefined' : JSON.stringify(value);
};
