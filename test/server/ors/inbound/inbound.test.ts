/** Calls that come in, through the whole server: the route point's application, its session, and whose the call is then. */
import { expect } from 'chai';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { agent, scenario, type Centre, type Given } from '../../../support/centre.js';

const file = `file:${join(import.meta.dirname, '../../../strategies/plugins/called.scxml')}`;
const at = (application: string) => ({ Orchestration: { application } });
const script = (url: string, other?: string) => ({
  Application: { url, ...(other !== undefined && { 'alternate-url': other }) },
  ApplicationParms: { parameter: 'of the script' },
});
const inbound = {
  routePoints: { '8001': at('script:Called'), '8002': at(file.replace('called', '[UDATA.which]')) },
  scripts: { Called: script(file) },
};
const caller = { ani: '5551000', dnis: '0800', routePoint: '8001', userData: { which: 'called' } } as const;

interface Called {
  readonly id: string;
  readonly heard: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly uri: string;
}

/** The sessions that calls have started, in their order. */
const sessionsOf = async (centre: Centre): Promise<readonly Called[]> => {
  await centre.clock.settle();
  const ids = centre.logged.flatMap((line) => {
    const { sessionid, msg } = JSON.parse(line) as { sessionid?: string; msg: string };
    return msg === 'inbound call has its session' && sessionid !== undefined ? [sessionid] : [];
  });
  return Promise.all(
    ids.map(async (id) => {
      const { data, uri } = (await centre.query(id)) as { data: Record<string, unknown>; uri: string };
      return { id, uri, variables: data, heard: data['heard'] as string[] };
    }),
  );
};

const tell = async (centre: Centre, session: Called | undefined, action: string, id?: string): Promise<void> => {
  await centre.send('POST', `/scxml/session/${session?.id ?? ''}/event/do`, { action, id });
  await centre.clock.settle();
};

const messages = (centre: Centre): readonly string[] =>
  centre.logged.map((line) => (JSON.parse(line) as { msg: string }).msg);

const inboundScenario = (title: string, test: (centre: Centre) => Promise<void>, given: Given = {}): void =>
  scenario(title, { customer: { kind: 'human' }, inbound, ...given }, async (centre) => {
    await test(centre);
    for (const session of await sessionsOf(centre)) await tell(centre, session, 'end');
  });

describe('a call that arrives at a route point', () => {
  inboundScenario('starts its application, which gets the call and the parameters of the script', async (centre) => {
    centre.centre.callers.arrive(caller);
    const [session] = await sessionsOf(centre);
    expect(session?.heard).to.deep.equal(['interaction.added', 'interaction.onrouterequest']);
    expect(session?.variables).to.deep.include({ parameter: 'of the script' });
  });

  inboundScenario('fills what is known of it into the address of the application', async (centre) => {
    centre.centre.callers.arrive({ ...caller, routePoint: '8002' });
    const [session] = await sessionsOf(centre);
    expect(session?.uri).to.equal(pathToFileURL(file.slice('file:'.length)).href);
  });

  for (const [title, scripts, routePoint] of [
    ['the alternate-url', { Called: script('file:/nowhere.scxml', file) }, at('script:Called')],
    ['the next of the list', { Called: script('file:/nowhere.scxml') }, at(`script:Called ${file}`)],
  ] as const)
    inboundScenario(
      `starts ${title} when the first cannot be started`,
      async (centre) => {
        centre.centre.callers.arrive(caller);
        expect((await sessionsOf(centre)).length).to.equal(1);
        expect(messages(centre)).to.include('application not started');
      },
      { inbound: { scripts, routePoints: { 8001: routePoint } } },
    );

  for (const [title, given, why] of [
    ['has no application', {}, 'the route point has no application'],
    [
      'has none that can be started',
      { routePoints: { 8001: at('file:/nowhere.scxml') } },
      'no application of the route point could be started',
    ],
  ] as const)
    inboundScenario(
      `that ${title} is released, and the log says why`,
      async (centre) => {
        const ixn = centre.centre.callers.arrive(caller);
        expect(await sessionsOf(centre)).to.be.empty;
        expect(messages(centre)).to.include(`inbound call released: ${why}`);
        expect(centre.centre.telephony.call(ixn)).to.equal(undefined);
      },
      { inbound: given },
    );

  inboundScenario('and ends before its session has begun is told as added and deleted', async (centre) => {
    const ixn = centre.centre.callers.arrive(caller);
    await centre.centre.telephony.release(ixn);
    const [session] = await sessionsOf(centre);
    expect(session?.heard).to.deep.equal(['interaction.added', 'interaction.deleted']);
  });

  inboundScenario('is released when its session ends without handing it over', async (centre) => {
    const ixn = centre.centre.callers.arrive(caller);
    const [session] = await sessionsOf(centre);
    await tell(centre, session, 'end');
    expect(centre.centre.telephony.call(ixn)).to.equal(undefined);
  });

  describe('and is sent to another route point', () => {
    inboundScenario('by a session that keeps it starts nothing there', async (centre) => {
      centre.centre.callers.arrive(caller);
      const [session] = await sessionsOf(centre);
      await tell(centre, session, 'redirect', '8002');
      const sessions = await sessionsOf(centre);
      expect(sessions.length).to.equal(1);
      expect(sessions[0]?.heard.slice(2)).to.deep.equal([
        'interaction.ondivert',
        'interaction.partystatechanged',
        'interaction.redirect.done',
      ]);
    });

    inboundScenario('by a session that detaches it starts the application there', async (centre) => {
      const ixn = centre.centre.callers.arrive(caller);
      const [first] = await sessionsOf(centre);
      await tell(centre, first, 'hand over', '8002');
      const [before, next] = await sessionsOf(centre);
      expect(before?.heard.slice(2)).to.deep.equal(['interaction.redirect.done']);
      expect(next?.heard).to.deep.equal(['interaction.added', 'interaction.onrouterequest']);
      await tell(centre, first, 'end');
      expect(centre.centre.telephony.call(ixn)).not.to.equal(undefined);
    });
  });

  inboundScenario('may be moved to another session, which then has it alone', async (centre) => {
    centre.centre.callers.arrive(caller);
    const ixn = centre.centre.callers.arrive(caller);
    const [first, second] = await sessionsOf(centre);
    await tell(centre, second, 'associate', first?.id);
    const [target, origin] = await sessionsOf(centre);
    expect(target?.heard.slice(2)).to.deep.equal(['interaction.added', 'interaction.present']);
    expect(origin?.heard.slice(2)).to.deep.equal([
      'interaction.deleted',
      'interaction.notcontrolled',
      'interaction.associate.done',
    ]);
    await tell(centre, second, 'end');
    expect(centre.centre.telephony.call(ixn)).not.to.equal(undefined);
    await tell(centre, first, 'end');
    expect(centre.centre.telephony.call(ixn)).to.equal(undefined);
  });

  inboundScenario('may be a consultation, whose session attaches the call that it is about', async (centre) => {
    const parent = centre.centre.callers.arrive(caller);
    const [first] = await sessionsOf(centre);
    await tell(centre, first, 'detach');
    const consult = centre.centre.callers.arrive({ ...caller, ani: '7001', parent });
    const [, session] = await sessionsOf(centre);
    await tell(centre, session, 'attach', parent);
    centre.centre.callers.merge(consult, parent);
    const heard = (await sessionsOf(centre))[1]?.heard;
    expect(heard?.slice(2)).to.deep.equal([
      'interaction.added',
      'interaction.attach.done',
      'interaction.onmerge',
      'interaction.deleted',
    ]);
  });
});

describe('_genesys.ixn', () => {
  const routePoints = { 8001: at(file.replace('called', 'udata')) };
  scenario('shows a strategy its call as it was at the event', { inbound: { routePoints } }, async (centre) => {
    centre.centre.callers.arrive(caller);
    const [session] = await sessionsOf(centre);
    expect(session?.variables).to.deep.include({ before: 0, seen: ['5551000', 'called', true, true, 7, 5] });
    expect((await centre.query(session?.id ?? ''))['configuration']).to.deep.equal(['changed']);
    await centre.send('POST', `/scxml/session/${session?.id ?? ''}/event/end`);
  });
});

describe('a chat that arrives at an entry point', () => {
  const routePoints = { 8001: at(file.replace('called', 'chatted')) };
  scenario(
    'is present to the session that it starts, and texts go both ways',
    { inbound: { routePoints } },
    async (centre) => {
      const { callers } = centre.centre;
      const ixn = callers.chat({ customer: 'ann', entryPoint: '8001' });
      await centre.clock.settle();
      callers.say(ixn, 'hello');
      const [session] = await sessionsOf(centre);
      expect(session?.heard).to.deep.equal(['interaction.added', 'interaction.present']);
      expect(session?.variables['written']).to.deep.equal(['hello', 'you said hello']);
      callers.leave(ixn);
      await centre.clock.settle();
      expect((await centre.query(session?.id ?? ''))['status']).to.equal('done');
    },
  );
});

describe('the inbound strategy', () => {
  const demo = {
    routePoints: { '8001': at('script:Inbound') },
    scripts: {
      Inbound: {
        Application: { url: 'inbound' },
        ApplicationParms: { app_selected_agent_group: 'Billing@StatServer.GA', app_find_agent_timeout: '60' },
      },
    },
  };
  const late = agent('alice', '7001', { readyAfterMs: 86_400_000 });
  const given = { customer: { kind: 'human', talkMs: 20_000 }, inbound: demo } as const;

  scenario('queues the caller with music, and gives the call to an agent', given, async (centre) => {
    centre.centre.callers.arrive(caller);
    await centre.run(60);
    expect(centre.timeline).to.deep.equal([
      '0 call arrives at 8001',
      '0 music next_customer_rep.wav',
      '0 ring 7001',
      '2 agent 7001 answers',
      '22 customer hangs up',
      '22 call ends',
    ]);
  });

  scenario('says that nobody is there when no agent comes in time', { ...given, agents: [late] }, async (centre) => {
    centre.centre.callers.arrive(caller);
    await centre.run(120);
    expect(centre.timeline.slice(2)).to.deep.equal(['60 play all_agents_busy.wav', '65 call ends']);
  });
});
