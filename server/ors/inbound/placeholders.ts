/**
 * `[ANI] [DNIS] [DN] [CED] [UDATA] [UDATA.*] [UDATA.key]` in the URL of an application become what is known of the call, with
 * percent-encoding; what is not known becomes nothing. ORS interface, option `application`.
 */
import type { UserData } from '../../voice/port.js';

export interface CallFacts {
  readonly ani: string;
  readonly dnis: string;
  /** The route point. */
  readonly dn: string;
  readonly ced?: string | undefined;
  readonly udata: UserData;
}

const word = encodeURIComponent;

const text = (value: UserData[string] | undefined): string => {
  if (value === undefined) return '';
  return word(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

const pairs = (udata: UserData, between: string, after: string): string =>
  Object.entries(udata)
    .map(([key, value]) => `${word(key)}${between}${text(value)}`)
    .join(after);

/** By what stands in the brackets. */
const known: Readonly<Record<string, (facts: CallFacts) => string>> = {
  ANI: ({ ani }) => word(ani),
  DNIS: ({ dnis }) => word(dnis),
  DN: ({ dn }) => word(dn),
  CED: ({ ced = '' }) => word(ced),
  UDATA: ({ udata }) => pairs(udata, '=', '&'),
  'UDATA.*': ({ udata }) => pairs(udata, ':', ','),
  // Calls have none of these.
  EMAILFROM: () => '',
  EMAILTO: () => '',
  EMAILSUBJECT: () => '',
};

export const filled = (url: string, facts: CallFacts): string =>
  url.replace(/\[(ANI|DNIS|DN|CED|EMAILFROM|EMAILTO|EMAILSUBJECT|UDATA(?:\.[^\]]+)?)\]/g, (_, name: string) => {
    const fill = known[name];
    if (fill) return fill(facts);
    const key = name.slice('UDATA.'.length);
    return Object.hasOwn(facts.udata, key) ? text(facts.udata[key]) : '';
  });
