/**
 * What comes of a call that a source made to the platform: an effect of the step, or an internal event, in the order of what else the
 * block of content does. What calls are possible is in `../datamodel/ecmascript/host-names.ts`, and in the models of `../platform.ts`.
 */
import type { Running } from '../chart.js';
import type { Called } from '../datamodel/datamodel.js';
import { fromData, toData } from '../datamodel/data.js';
import type { Data } from '../event.js';

export const carryOut = (session: Running, { namespace, name, args, at }: Called): void => {
  if (namespace === undefined) hostFunctions[name]?.(session, args, at);
  else {
    session.effects.push({
      type: 'module',
      namespace,
      name,
      requestid: session.nextId(session.input.sessionid),
      attributes: { args },
      params: {},
      content: undefined,
      children: [],
      at,
    });
  }
};

/** They were encoded together, and what they share is numbered from the list on. */
const apart = (args: readonly Data[]): (Data | undefined)[] => (fromData(args) as unknown[]).map(toData);

const asText = (value: Data | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

type HostFunction = (session: Running, args: readonly Data[], at: Called['at']) => void;

const hostFunctions: Readonly<Record<string, HostFunction>> = {
  /** (text, label, level) */
  __Log(session, args, at) {
    const [value, label, level] = apart(args);
    const labelled = label === undefined ? undefined : asText(label);
    session.effects.push({
      type: 'log',
      label: labelled,
      value,
      ...(level !== undefined && { level: asText(level) }),
      at,
    });
    session.hooks.trace?.({ label: labelled, value });
  },
  /** (name, params) */
  __Raise(session, args) {
    const [name, data] = apart(args);
    session.internalQueue.push({ name: asText(name), type: 'internal', data });
  },
};
