import { expect } from 'chai';
import { agent, NUMBER, scenario as inCentre, type Centre, type Given } from '../support/centre.js';
import { act } from './deeds.js';
import { scenarios, type Scenario } from './scenario.js';

/** Answers the id of the callback. */
async function play(centre: Centre, { request, started, steps = [] }: Scenario): Promise<string> {
  const id = request === null ? '' : await centre.start({ _customer_number: NUMBER, ...request }, started);
  let now = 0;
  for (const step of steps) {
    await centre.run(step.at - now);
    now = step.at;
    await act(step, { centre, id });
    await centre.clock.settle();
  }
  await centre.toTheEnd();
  return id;
}

/** As a scenario writes them: the name, or with the fields that are wanted. */
const eventsAs = (wanted: NonNullable<Scenario['events']>, centre: Centre) =>
  centre.reported('event').map(({ name, fields }, index) => {
    const like = wanted[index];
    if (typeof like !== 'object') return name;
    return [name, Object.fromEntries(Object.keys(like[1]).map((key) => [key, fields[key]]))];
  });

const pushesAs = (wanted: NonNullable<Scenario['pushes']>, centre: Centre) =>
  centre.reported('push').map(({ fields }, index) => {
    const message = fields['message'] as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(wanted[index] ?? message).map((key) => [key, message[key]]));
  });

const pairsAs = (wanted: NonNullable<Scenario['pairs']>, centre: Centre) => {
  const { fields = {} } = centre.reported('pairs').at(-1) ?? {};
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, fields[key] ?? null]));
};

/** Who the callback is stands in none of them. */
const attachedOf = ({ attached }: Centre) =>
  Object.fromEntries(Object.entries(attached).filter(([key]) => key !== '_CB_SERVICE_ID'));

/** What the centre is opened with, but for its agents. */
const configured = (scenario: Scenario): Given => {
  const names = ['options', 'customer', 'applications', 'trunkGroups', 'lists', 'inbound'] as const;
  return Object.fromEntries(names.flatMap((name) => (scenario[name] === undefined ? [] : [[name, scenario[name]]])));
};

describe('scenarios', () => {
  for (const { file, title, scenario } of scenarios) {
    const { agents, timeline, record, shown = {}, events, pushes, pairs, attached } = scenario;
    const staff = agents?.map(({ id, dn, ...script }) => agent(id, dn, script));
    const given = { ...configured(scenario), ...(staff && { agents: staff }) };
    describe(file, () => {
      inCentre(title, given, async (centre) => {
        const id = await play(centre, scenario);
        expect(centre.timeline).to.deep.equal(timeline);
        if (record) expect((await centre.find(id)).data).to.deep.include(record);
        for (const [part, like] of Object.entries(shown)) expect(centre.shown()[part]).to.deep.include(like);
        if (events) expect(eventsAs(events, centre)).to.deep.equal(events);
        if (pushes) expect(pushesAs(pushes, centre)).to.deep.equal(pushes);
        if (pairs) expect(pairsAs(pairs, centre)).to.deep.equal(pairs);
        if (attached) expect(attachedOf(centre)).to.deep.equal(attached);
      });
    });
  }
});
