/** A contact centre as lines of text: queues, agents, calls. `live.ts` draws it again and again, `../centre.ts` prints it once. */
import type { AgentView, CentreView } from '../../agents/message.js';
import { cut, plain } from './plain.js';
import { table, type Column } from './table.js';

type Queue = CentreView['queues'][number];
type Agent = CentreView['agents'][number];
type Call = CentreView['calls'][number];

/** Lines of at most `width` columns, without anything but text in them. */
export const textOf = (view: CentreView, url: string, width: number): string[] => [
  cut(plain(headline(view, url)), width),
  '',
  ...(view.queues.length > 0 ? table(queueColumns, view.queues, width) : ['no queues']),
  '',
  ...(view.agents.length > 0 ? table(agentColumns(view), view.agents, width) : ['no agents']),
  '',
  ...(view.calls.length > 0 ? table(callColumns(view), view.calls, width) : ['no calls']),
];

/** `NotReady (Lunch)` */
export const stateOf = ({ state, reason }: Pick<AgentView, 'state' | 'reason'>): string =>
  plain(reason === undefined || reason === '' ? state : `${state} (${reason})`);

const headline = ({ at, agents, calls }: CentreView, url: string): string => {
  const ready = agents.filter(({ state }) => state === 'Ready').length;
  const time = at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  return `${url}  ${time}  ${counted(agents.length, 'agent')}, ${ready} ready; ${counted(calls.length, 'call')}`;
};

const queueColumns: readonly Column<Queue>[] = [
  { title: 'QUEUE', of: ({ name }) => name, rank: 9 },
  { title: 'WAITING', of: ({ waiting }) => String(waiting), rank: 8, toTheRight: true },
  {
    title: 'LONGEST',
    of: ({ waiting, longestMs }) => (waiting > 0 ? clock(longestMs) : '-'),
    rank: 6,
    toTheRight: true,
  },
  { title: 'EXPECTED', of: ({ ewt }) => (ewt === undefined ? '-' : clock(ewt * 1000)), rank: 7, toTheRight: true },
  { title: 'SERVED', of: ({ served }) => String(served), rank: 5, toTheRight: true },
];

const agentColumns = ({ at, calls }: CentreView): readonly Column<Agent>[] => {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const withWhom = ({ call = '' }: Agent): string => {
    const { type, ani, dnis } = byId.get(call) ?? {};
    return type === undefined ? '' : `${type} ${(type === 'inbound' ? ani : dnis) ?? ''}`;
  };
  return [
    { title: 'AGENT', of: ({ id }) => id, rank: 9 },
    { title: 'STATE', of: ({ state }) => state, rank: 8 },
    { title: 'REASON', of: ({ reason = '' }) => reason, rank: 6 },
    { title: 'FOR', of: ({ since }) => between(since, at), rank: 7, toTheRight: true },
    { title: 'CALL', of: withWhom, rank: 5 },
    { title: 'GROUPS', of: ({ groups }) => groups.join(', '), rank: 3 },
    {
      title: 'SKILLS',
      of: ({ skills }) =>
        Object.entries(skills)
          .map(([name, level]) => `${name} ${level}`)
          .join(', '),
      rank: 4,
    },
  ];
};

const callColumns = ({ at }: CentreView): readonly Column<Call>[] => [
  { title: 'CALL', of: ({ type }) => type, rank: 9 },
  { title: 'FROM', of: ({ ani }) => ani, rank: 5 },
  { title: 'TO', of: ({ dnis }) => dnis, rank: 6 },
  { title: 'STATE', of: ({ state }) => state, rank: 8 },
  { title: 'FOR', of: ({ since }) => between(since, at), rank: 4, toTheRight: true },
  { title: 'WITH', of: ({ agents }) => agents.join(', '), rank: 7 },
];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const between = (since: string, at: string): string => clock(Date.parse(at) - Date.parse(since));

/** `0:07`, `12:30`, `1:02:03` */
const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
};
