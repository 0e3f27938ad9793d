/**
 * What statistics are of, as strategies and options write it: `Sales@StatServer.GA`, `?:English>5@StatServer.GA`, `VQ_Sales`,
 * `8999@SIP_Server.Q`. The server and the switch are not looked at. `statistics.ts` works statistics out.
 */
import type { TargetType } from './port.js';

/** Name, then perhaps a server, then perhaps a type. */
export const OBJECT = /^([^]*?)(?:@[^@.]*)?(?:\.(A|AP|GA|GP|GC|Q|RP|DN))?$/;
/** A skill expression may have a label. */
export const LABEL = /^\?(?:[^:]*:)?\s*/;
/** Where spaces say nothing. */
export const SPACED = /\s*([&|()=<>!]+)\s*/g;

export interface StatisticObject {
  readonly name: string;
  readonly type: TargetType;
  /** The same for whatever means the same. */
  readonly key: string;
}

/** Without a type it is a virtual queue, or a skill expression. */
export const objectOf = (text: string): StatisticObject => {
  const [, name = '', written] = OBJECT.exec(text.trim()) ?? [];
  const isSkill = name.startsWith('?');
  const type = (written ?? (isSkill ? 'GA' : 'Q')) as TargetType;
  return { name, type, key: `${isSkill ? skillKey(name) : name}.${type}` };
};

const skillKey = (name: string): string => name.replace(LABEL, '?').replace(SPACED, '$1').replace(/\s+/g, ' ');

/** Stat Server's words for types of objects, as the options of services write them. */
const types: Readonly<Record<string, TargetType>> = {
  Agent: 'A',
  Place: 'AP',
  RegularPlace: 'AP',
  AgentGroup: 'GA',
  GroupAgents: 'GA',
  PlaceGroup: 'GP',
  GroupPlaces: 'GP',
  CampaignGroup: 'GC',
  Queue: 'Q',
};

export const objectTypes: readonly string[] = Object.keys(types);

export interface NamedStatistic {
  readonly statistic: string;
  readonly object: string;
}

/** `ExpectedWaitTime;Queue;8999@SIP_Server;Environment`; undefined where it is not of that form. There is one tenant. */
export const statisticNamed = (text: string): NamedStatistic | undefined => {
  const [statistic = '', word = '', object = ''] = text.split(';').map((part) => part.trim());
  const type = Object.hasOwn(types, word) ? types[word] : undefined;
  return type === undefined || object === '' || statistic === ''
    ? undefined
    : { statistic, object: `${object}.${type}` };
};
