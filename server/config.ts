/**
 * The configuration: what an operator sets with environment variables, checked once at the start. Nothing else of the
 * server reads the environment. The table below is the list of the variables and their defaults.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultKernelLimits, type KernelLimits } from '../engine/limits.js';
import { logLevels, type LogLevel } from './log.js';
import { networkOf } from './ors/reach-address.js';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** How clients and telephones reach this server; without a `/` at the end. */
  readonly externalUrl: string;
  /** The number of this node in the cookie ORSSESSIONID, and where others are reached, by theirs. */
  readonly node: number;
  readonly nodes: ReadonlyMap<number, string>;
  readonly documents: {
    /** Absolute paths. */
    readonly folders: readonly string[];
    /** `host` or `host:port`, in lower case; perhaps with the scheme: `https://host`. */
    readonly hosts: readonly string[];
    /** Absolute paths and http(s) URLs, besides strategies/. */
    readonly trusted: readonly string[];
  };
  /** Networks and addresses inside to which the names of those hosts may lead: `10.0.0.0/8`, `::1`. */
  readonly networks: readonly string[];
  /** `host` or `host:port`, perhaps with a scheme, that strategies may fetch from and send messages to, besides this server. */
  readonly fetchHosts: readonly string[];
  /** A JSON file of configured callback services; undefined: the services of the demo. */
  readonly services: string | undefined;
  /** A JSON file of route points and scripts; undefined: those of the demo. */
  readonly inbound: string | undefined;
  /** A JSON file of tenants: lists, special days, options; undefined: one tenant without any. */
  readonly tenants: string | undefined;
  /** A JSON file of the customers of the simulated contact centre; undefined: those of the demo. */
  readonly customers: string | undefined;
  /** For documents that are not trusted. */
  readonly kernel: Pick<KernelLimits, 'memory' | 'evaluation' | 'step' | 'domains'>;
  readonly requestTimeoutMs: number;
  readonly bodyLimit: number;
  /** Between two looks at statistics that sessions are subscribed to. */
  readonly statisticsMs: number;
  /** How often one address may ask for waiting times and statistics; 0: as often as it likes. */
  readonly waitingPerMinute: number;
  /** Where sessions and records are kept: the absolute path of a folder; undefined: in memory, until the process ends. */
  readonly data: string | undefined;
  /** How many sessions stay in memory while they rest. */
  readonly sessionsInMemory: number;
  /** How long sessions are kept that are over; 0: for ever. */
  readonly keepSessionsMs: number;
  /** Whether a callback that is submitted again keeps its place in the queue. */
  readonly restoresPosition: boolean;
  /** `filter-keys` and `returned-keys` of GMS. */
  readonly queryKeys: { readonly filter: readonly string[]; readonly returned: readonly string[] };
  /** `host` or `host:port`, perhaps with a scheme, of servers that execute callbacks for this one, or this one for them. */
  readonly peers: readonly string[];
  /** The secret that these servers share; undefined: none executes for another. */
  readonly peerToken: string | undefined;
  /** Opens what is for operators; undefined: nothing does. */
  readonly adminToken: string | undefined;
  /** One secret for each agent; without any the interface of agents is closed. */
  readonly agentTokens: ReadonlyMap<string, string>;
  /** Of pages on other servers that may listen to the events of agents: `https://desk.example.org`. */
  readonly agentOrigins: readonly string[];
  readonly logLevel: LogLevel;
  /** Seeds the simulated contact centre; undefined: another one at each start. */
  readonly seed: number | undefined;
}

const filterKeys = ['_callback_state', '_callback_reason', '_request_queue_time_stat', '_request_ewt_service', '_vq'];

/** What the server needs of it; the rest is for who starts it. */
export type ServerConfig = Omit<
  Config,
  | 'port'
  | 'host'
  | 'externalUrl'
  | 'documents'
  | 'services'
  | 'inbound'
  | 'tenants'
  | 'customers'
  | 'data'
  | 'logLevel'
  | 'seed'
>;

/** Everything that is wrong with the environment, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one variable; throws an Error that says what the variable should be. */
type Read<T> = (text: string) => T;

const fail = (what: string): never => {
  throw new Error(what);
};

const integer =
  (from: number, to: number): Read<number> =>
  (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    return value >= from && value <= to ? value : fail(`a whole number from ${from} to ${to}`);
  };

const list =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(read);

const folder: Read<string> = (text) => {
  if (!text.startsWith('file:')) return resolve(text);
  return URL.canParse(text) ? fileURLToPath(text) : fail('folders as paths or file: URLs, with commas between');
};

/** The name as URLs have it: `0177.0.0.1` is 127.0.0.1, a name of other letters is xn--... */
const host: Read<string> = (text) => {
  const [, scheme = '', name = '', port = ''] =
    /^(https?:\/\/)?([^\s/:?#@[\]]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.exec(text) ?? [];
  if (name === '' || !URL.canParse(`http://${name}`))
    return fail('hosts as host or host:port, perhaps with http:// or https:// before, with commas between');
  return scheme.toLowerCase() + new URL(`http://${name}`).hostname.replace(/\.$/, '') + port;
};

const networkText: Read<string> = (text) =>
  networkOf(text) ? text : fail('addresses and networks as 10.0.0.0/8 or ::1, with commas between');

const httpUrl: Read<string> = (text) =>
  /^https?:\/\/[^/]/.test(text) && URL.canParse(text) ? text.replace(/\/+$/, '') : fail('an http: or https: URL');

const MOST_NODES = 2 ** 31 - 1;

/** `7=https://ors7.example.org` */
const nodeAt: Read<readonly [node: number, url: string]> = (text) => {
  const [, node = '', url = ''] = /^(\d+)=(.+)$/.exec(text) ?? [];
  return [integer(1, MOST_NODES)(node), httpUrl(url)];
};

const trustedPlace: Read<string> = (text) => {
  if (!/^https?:/.test(text)) return folder(text);
  return URL.canParse(text) ? new URL(text).href : fail('paths, file: URLs and http(s): URLs, with commas between');
};

const word: Read<string> = (text) => text;

const token: Read<string> = (text) =>
  /^[\x21-\x7e]{16,}$/.test(text) ? text : fail('16 or more visible ASCII characters without a blank');

/** `alice=a-secret-of-alice` */
const agentToken: Read<readonly [agent: string, token: string]> = (text) => {
  const [, agent = '', secret = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  return agent === '' ? fail('agent=token, with commas between') : [agent, token(secret)];
};
const agentTokens = list(agentToken);

/** Their values are not repeated. */
const secrets: ReadonlySet<unknown> = new Set([token, agentTokens]);

const origin: Read<string> = (text) =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
    ? text
    : fail('origins as https://desk.example.org, with commas between');

const oneOf =
  <T extends string>(...words: readonly T[]): Read<T> =>
  (text) =>
    words.find((known) => known === text) ?? fail(`one of ${words.join(', ')}`);

/** Throws ConfigError, which names every variable that is wrong. */
export const configFrom = (environment: Environment): Config => {
  const wrong: string[] = [];
  const read = <T>(name: string, reader: Read<T>, otherwise: T): T => {
    const text = environment[name]?.trim();
    if (text === undefined || text === '') return otherwise;
    try {
      return reader(text);
    } catch (error) {
      const shown = secrets.has(reader) ? 'no good' : `"${text}"`;
      wrong.push(`${name} is ${shown}: it must be ${error instanceof Error ? error.message : String(error)}`);
      return otherwise;
    }
  };
  const port = read('PORT', integer(0, 65_535), 8080);
  const { memory, evaluation, step, domains } = defaultKernelLimits;
  const config: Config = {
    port,
    host: read('HOST', word, '127.0.0.1'),
    externalUrl: read('RINGBACK_EXTERNAL_URL', httpUrl, `http://127.0.0.1:${port}`),
    node: read('RINGBACK_NODE', integer(1, MOST_NODES), 1),
    nodes: new Map(read('RINGBACK_NODES', list(nodeAt), [])),
    documents: {
      folders: read('RINGBACK_DOCUMENT_FOLDERS', list(folder), []),
      hosts: read('RINGBACK_DOCUMENT_HOSTS', list(host), []),
      trusted: read('RINGBACK_TRUSTED', list(trustedPlace), []),
    },
    fetchHosts: read('RINGBACK_FETCH_HOSTS', list(host), []),
    networks: read('RINGBACK_PRIVATE_NETWORKS', list(networkText), []),
    services: read<string | undefined>('RINGBACK_SERVICES', folder, undefined),
    inbound: read<string | undefined>('RINGBACK_INBOUND', folder, undefined),
    tenants: read<string | undefined>('RINGBACK_TENANTS', folder, undefined),
    customers: read<string | undefined>('RINGBACK_CUSTOMERS', folder, undefined),
    kernel: {
      memory: read('RINGBACK_KERNEL_MEMORY_MIB', integer(21, 2048), memory),
      evaluation: read('RINGBACK_KERNEL_EVALUATION_MS', integer(1, 10_000), evaluation),
      step: read('RINGBACK_KERNEL_STEP_MS', integer(1, 60_000), step),
      domains: read('RINGBACK_KERNEL_DOMAINS', integer(1, 1000), domains),
    },
    requestTimeoutMs: read('RINGBACK_REQUEST_TIMEOUT_MS', integer(1, 3_600_000), 30_000),
    data:
      read('RINGBACK_STORE', oneOf('sqlite', 'memory'), 'sqlite') === 'memory'
        ? undefined
        : read('RINGBACK_DATA', folder, resolve('data')),
    keepSessionsMs: read('RINGBACK_KEEP_SESSIONS_DAYS', integer(0, 36_500), 7) * 86_400_000,
    restoresPosition: read('RINGBACK_RESTORE_VQ_POSITION', oneOf('true', 'false'), 'true') === 'true',
    queryKeys: {
      filter: read('RINGBACK_FILTER_KEYS', list(word), filterKeys),
      returned: read('RINGBACK_RETURNED_KEYS', list(word), []),
    },
    sessionsInMemory: read('RINGBACK_SESSIONS_IN_MEMORY', integer(1, 10_000_000), 5000),
    statisticsMs: read('RINGBACK_STATISTICS_MS', integer(100, 3_600_000), 2000),
    waitingPerMinute: read('RINGBACK_WAITING_PER_MINUTE', integer(0, 1_000_000), 600),
    bodyLimit: read('RINGBACK_BODY_LIMIT', integer(1, 64 * 1024 * 1024), 1024 * 1024),
    peers: read('RINGBACK_PEERS', list(host), []),
    peerToken: read<string | undefined>('RINGBACK_PEER_TOKEN', token, undefined),
    adminToken: read<string | undefined>('RINGBACK_ADMIN_TOKEN', token, undefined),
    agentTokens: new Map(read('RINGBACK_AGENT_TOKENS', agentTokens, [])),
    agentOrigins: read('RINGBACK_AGENT_ORIGINS', list(origin), []),
    logLevel: read<LogLevel>('RINGBACK_LOG_LEVEL', oneOf(...logLevels), 'info'),
    seed: read<number | undefined>('RINGBACK_SEED', integer(0, 2 ** 32 - 1), undefined),
  };
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return config;
};
