/** Every action of a session that ends: while the network is at it, or before it was begun. Nobody hears of it, and nothing is left over. */
import { expect } from 'chai';
import type { Interactions } from '../../../../../server/ors/interactions.js';
import { interactionModule, type interactionTable } from '../../../../../server/ors/modules/interaction.js';
import type { Module } from '../../../../../server/host/module.js';
import type { ChatPort } from '../../../../../server/voice/chat.js';
import type { CallView, InteractionId } from '../../../../../server/voice/port.js';
import {
  connected,
  interactionsOf,
  IXN,
  network,
  perform,
  sessionOf,
  type Attributes,
  type Session,
} from '../bench.js';

const OTHER = 'I2' as InteractionId;
const view: CallView = { type: 'inbound', ani: '5551', dnis: '0800', held: true, parties: [] };
const ok = { ok: true } as const;
const one = { interactionid: IXN };

type Name = keyof typeof interactionTable.actions;

interface Case {
  readonly attributes: Attributes;
  /** What the network is asked while the session ends; without it the action is over at once. */
  readonly asks?: string;
  /** The calls of the session that the network has to end then. */
  readonly released: readonly InteractionId[];
}

const cases: Readonly<Record<Name, Case>> = {
  createcall: { attributes: { from: '8999', to: '5551' }, asks: 'createCall', released: [IXN] },
  createmessage: { attributes: { media: 5, to: 'ann' }, asks: 'openChat', released: [IXN] },
  redirect: { attributes: { ...one, to: '7001' }, asks: 'route', released: [] },
  terminate: { attributes: one, asks: 'release', released: [IXN] },
  hold: { attributes: one, asks: 'hold', released: [IXN] },
  retrieve: { attributes: one, asks: 'retrieve', released: [IXN] },
  merge: { attributes: { ...one, active: OTHER }, asks: 'conference', released: [IXN, OTHER] },
  sendmessage: { attributes: { ...one, msgsrc: 'x' }, asks: 'sendText', released: [IXN] },
  getcontent: { attributes: one, released: [IXN] },
  accept: { attributes: one, released: [IXN] },
  attach: { attributes: one, released: [IXN] },
  detach: { attributes: one, released: [IXN] },
  associate: { attributes: { ...one, sessionid: 'T' }, released: [IXN] },
};

/** What makes a call: the session has none before. */
const makes: readonly string[] = ['createcall', 'createmessage'];

describe('the interaction module: actions of a session that ends', () => {
  let session: Session;
  let interactions: Interactions;
  let module: Module;
  let asked: string[];
  let released: Set<string>;
  let answer: () => void;
  beforeEach(() => {
    session = sessionOf();
    [asked, released] = [[], new Set()];
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const later =
      <T>(name: string, result: T, hear: (ixn: string) => void = () => undefined) =>
      async (ixn: unknown): Promise<T> => {
        asked.push(name);
        hear(String(ixn));
        await gate;
        return result;
      };
    const voice = network({
      call: () => view,
      createCall: later('createCall', connected),
      route: later('route', ok),
      hold: later('hold', ok),
      retrieve: later('retrieve', ok),
      conference: later('conference', { ok: true, ixn: IXN } as const),
      release: later('release', ok, (ixn) => released.add(ixn)),
    });
    const chat: ChatPort = {
      openChat: later('openChat', { ok: true, ixn: IXN } as const),
      sendText: later('sendText', ok),
      texts: () => [],
    };
    interactions = interactionsOf(session, { voice });
    module = interactionModule({ voice, chat, router: { confirm: () => true }, interactions });
  });
  const owns = (name: string, { attributes }: Case): void => {
    if (!makes.includes(name)) interactions.add(IXN, '1', 'S');
    if (attributes['active'] !== undefined) interactions.add(OTHER, '1', 'S');
    session.heard.length = 0;
  };
  const end = (): void | Promise<void> => {
    session.end();
    return module.ended?.('S');
  };

  for (const [name, one] of Object.entries(cases)) {
    if (one.asks !== undefined)
      it(`${name} while the network is at it is told to nobody, and leaves no call that nobody has`, async () => {
        owns(name, one);
        const work = perform(module, name, session, one.attributes);
        for (let turns = 0; asked.length === 0 && turns < 10; turns++) await Promise.resolve();
        expect(asked).to.deep.equal([one.asks]);
        const ended = end();
        answer();
        await Promise.all([work, ended]);
        expect(session.heard).to.deep.equal([]);
        expect([...released]).to.deep.equal(one.released);
        expect(interactions.ownedBy('S')).to.deep.equal([]);
      });

    it(`${name} that was not begun is told to nobody, and asks for nothing that lasts`, async () => {
      owns(name, one);
      const had = [...interactions.ownedBy('S')];
      answer();
      await end();
      await perform(module, name, session, one.attributes);
      expect(session.heard).to.deep.equal([]);
      expect([...released]).to.deep.equal(name === 'createmessage' ? [IXN] : had);
      expect(asked).not.to.include.members(['createCall']);
      expect(interactions.ownedBy('S')).to.deep.equal([]);
    });
  }
});
