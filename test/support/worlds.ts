/**
 * Contact centres for servers that die (`lives.ts`): one that dies with its process, and one that stays. What a dead process asks
 * for is not heard, and it is told nothing.
 */
import type { VirtualClock } from '../../server/clock/virtual.js';
import { routing } from '../../server/routing/routing.js';
import type { ChatPort } from '../../server/voice/chat.js';
import type { TelephonyEvent, TelephonyPort } from '../../server/voice/port.js';
import { contactCentre, type CentreConfig, type ContactCentre } from '../../server/voice/simulated/centre.js';
import { callJournal } from '../../server/voice/simulated/journal.js';
import type { Mortal } from '../server/mortal.js';

/** `heard` is told what happens on the network. */
export type WorldOf = (process: Mortal, heard: (event: TelephonyEvent) => void) => ContactCentre;

export type People = Omit<CentreConfig, 'clock' | 'log' | 'journal'>;

const never = new Promise<never>(() => undefined);

/** The port, as a process has it until it dies. */
const until = (process: Mortal, port: TelephonyPort): TelephonyPort => ({
  ...port,
  start: (sink) =>
    port.start((event) => {
      if (!process.isDead) sink(event);
    }),
  createCall: (request) => (process.isDead ? never : port.createCall(request)),
  play: (request) => (process.isDead ? never : port.play(request)),
  collect: (request) => (process.isDead ? never : port.collect(request)),
  run: (request) => (process.isDead ? never : port.run(request)),
  stopPlay: (ixn) => (process.isDead ? never : port.stopPlay(ixn)),
  route: (request) => (process.isDead ? never : port.route(request)),
  release: (ixn) => (process.isDead ? never : port.release(ixn)),
  hold: (ixn) => (process.isDead ? never : port.hold(ixn)),
  transfer: (held, active) => (process.isDead ? never : port.transfer(held, active)),
});

const chatsUntil = (process: Mortal, port: ChatPort): ChatPort => ({
  ...port,
  openChat: (request) => (process.isDead ? never : port.openChat(request)),
  sendText: (request) => (process.isDead ? never : port.sendText(request)),
});

/** Its calls end with the process. The next has its journal. */
export const dyingWorld = (people: People): WorldOf => {
  const journal = callJournal();
  return (process, heard) => {
    const world = contactCentre({
      ...people,
      clock: process.clock,
      log: (entry) => {
        if (entry.source === 'voice' && !process.isDead) heard(entry.event);
      },
      journal: {
        ...journal,
        note: (entry) => {
          if (!process.isDead) journal.note(entry);
        },
      },
    });
    return { ...world, telephony: until(process, world.telephony), chat: chatsUntil(process, world.chat) };
  };
};

/** Calls and agents go on; each process has a router of its own, which learns how the agents are when it begins. */
export const stayingWorld = (people: People, clock: VirtualClock): WorldOf => {
  let tell: (event: TelephonyEvent) => void = () => undefined;
  let report: ContactCentre['router']['report'] = () => undefined;
  let isOpen = false;
  const world = contactCentre({
    ...people,
    clock,
    log: (entry) => {
      if (entry.source === 'voice') tell(entry.event);
      if (entry.source === 'agent') report(entry.event.agent, entry.event.state);
    },
  });
  world.router.start(() => undefined);
  return (process, heard) => {
    const router = routing({ clock: process.clock, agents: people.agents });
    tell = heard;
    return {
      ...{ callers: world.callers, desktops: world.desktops },
      telephony: until(process, world.telephony),
      chat: chatsUntil(process, world.chat),
      router,
      open() {
        report = (...state) => {
          if (!process.isDead) router.report(...state);
        };
        for (const [id, { state }] of world.desktops) report(id, state);
        if (!isOpen) world.open();
        isOpen = true;
      },
      async close() {
        report = () => undefined;
        await world.close();
        router.stop();
      },
    };
  };
};
