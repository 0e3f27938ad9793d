import { expect } from 'chai';
import { resolve } from 'node:path';
import { configFrom } from '../../server/config.js';

describe('configFrom', () => {
  it('closes what is not opened: loopback, no folders, no hosts, nothing trusted', () => {
    expect(configFrom({})).to.deep.equal({
      port: 8080,
      host: '127.0.0.1',
      externalUrl: 'http://127.0.0.1:8080',
      node: 1,
      nodes: new Map(),
      documents: { folders: [], hosts: [], trusted: [] },
      fetchHosts: [],
      networks: [],
      services: undefined,
      inbound: undefined,
      tenants: undefined,
      customers: undefined,
      kernel: { memory: 64, evaluation: 50, step: 250, domains: 16 },
      requestTimeoutMs: 30_000,
      statisticsMs: 2000,
      waitingPerMinute: 600,
      bodyLimit: 1024 * 1024,
      data: resolve('data'),
      keepSessionsMs: 7 * 86_400_000,
      restoresPosition: true,
      queryKeys: {
        filter: ['_callback_state', '_callback_reason', '_request_queue_time_stat', '_request_ewt_service', '_vq'],
        returned: [],
      },
      sessionsInMemory: 5000,
      peers: [],
      peerToken: undefined,
      adminToken: undefined,
      agentTokens: new Map(),
      agentOrigins: [],
      logLevel: 'info',
      seed: undefined,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(configFrom({ PORT: '', HOST: ' ', RINGBACK_SEED: '' })).to.deep.equal(configFrom({}));
  });

  it('reads every variable', () => {
    const config = configFrom({
      PORT: '9000',
      HOST: '0.0.0.0',
      RINGBACK_FETCH_HOSTS: 'HTTPS://plugins.example.com., bücher.example:8080, 0177.0.0.1',
      RINGBACK_PRIVATE_NETWORKS: '10.0.0.0/8, ::1',
      RINGBACK_SERVICES: '/etc/ringback/services.json',
      RINGBACK_INBOUND: '/etc/ringback/inbound.json',
      RINGBACK_TENANTS: '/etc/ringback/tenants.json',
      RINGBACK_CUSTOMERS: '/etc/ringback/customers.json',
      RINGBACK_EXTERNAL_URL: 'https://callback.example.com/',
      RINGBACK_NODE: '3',
      RINGBACK_NODES: '1576=https://ors.example.com/',
      RINGBACK_DOCUMENT_FOLDERS: '/srv/a, file:///srv/b%20c',
      RINGBACK_DOCUMENT_HOSTS: 'Strategies.example.com, 10.0.0.7:8081,[::1]:90',
      RINGBACK_TRUSTED: '/srv/a/x.scxml,https://strategies.example.com/ours/',
      RINGBACK_KERNEL_MEMORY_MIB: '32',
      RINGBACK_KERNEL_EVALUATION_MS: '20',
      RINGBACK_KERNEL_STEP_MS: '100',
      RINGBACK_KERNEL_DOMAINS: '4',
      RINGBACK_REQUEST_TIMEOUT_MS: '500',
      RINGBACK_KEEP_SESSIONS_DAYS: '30',
      RINGBACK_RESTORE_VQ_POSITION: 'false',
      RINGBACK_FILTER_KEYS: '_vq, _LOB',
      RINGBACK_RETURNED_KEYS: '_LOB',
      RINGBACK_STATISTICS_MS: '5000',
      RINGBACK_WAITING_PER_MINUTE: '60',
      RINGBACK_BODY_LIMIT: '100',
      RINGBACK_STORE: 'sqlite',
      RINGBACK_DATA: '/srv/ringback',
      RINGBACK_SESSIONS_IN_MEMORY: '10',
      RINGBACK_PEERS: 'ors2.example.com:8080,10.0.0.8:8080',
      RINGBACK_PEER_TOKEN: 'a-token-that-peers-share',
      RINGBACK_ADMIN_TOKEN: 'a-token-of-operators',
      RINGBACK_AGENT_TOKENS: 'alice=a-token-of-alice, boris=a-token-of-boris==',
      RINGBACK_AGENT_ORIGINS: 'https://desk.example.com,http://127.0.0.1:81',
      RINGBACK_LOG_LEVEL: 'warn',
      RINGBACK_SEED: '7',
    });
    expect(config).to.deep.equal({
      port: 9000,
      host: '0.0.0.0',
      externalUrl: 'https://callback.example.com',
      node: 3,
      nodes: new Map([[1576, 'https://ors.example.com']]),
      documents: {
        folders: ['/srv/a', '/srv/b c'],
        hosts: ['strategies.example.com', '10.0.0.7:8081', '[::1]:90'],
        trusted: ['/srv/a/x.scxml', 'https://strategies.example.com/ours/'],
      },
      fetchHosts: ['https://plugins.example.com', 'xn--bcher-kva.example:8080', '127.0.0.1'],
      networks: ['10.0.0.0/8', '::1'],
      services: '/etc/ringback/services.json',
      inbound: '/etc/ringback/inbound.json',
      tenants: '/etc/ringback/tenants.json',
      customers: '/etc/ringback/customers.json',
      kernel: { memory: 32, evaluation: 20, step: 100, domains: 4 },
      requestTimeoutMs: 500,
      statisticsMs: 5000,
      waitingPerMinute: 60,
      bodyLimit: 100,
      data: '/srv/ringback',
      keepSessionsMs: 30 * 86_400_000,
      restoresPosition: false,
      queryKeys: { filter: ['_vq', '_LOB'], returned: ['_LOB'] },
      sessionsInMemory: 10,
      peers: ['ors2.example.com:8080', '10.0.0.8:8080'],
      peerToken: 'a-token-that-peers-share',
      adminToken: 'a-token-of-operators',
      agentTokens: new Map([
        ['alice', 'a-token-of-alice'],
        ['boris', 'a-token-of-boris=='],
      ]),
      agentOrigins: ['https://desk.example.com', 'http://127.0.0.1:81'],
      logLevel: 'warn',
      seed: 7,
    });
  });

  it('keeps nothing when it is to keep things in memory', () => {
    expect(configFrom({ RINGBACK_STORE: 'memory', RINGBACK_DATA: '/srv/ringback' }).data).to.equal(undefined);
  });

  it('gives the external URL the port that is listened on', () => {
    expect(configFrom({ PORT: '81' }).externalUrl).to.equal('http://127.0.0.1:81');
  });

  const wrong: [name: string, value: string, says: RegExp][] = [
    ['PORT', '80a', /PORT is "80a": it must be a whole number from 0 to 65535/],
    ['PORT', '70000', /65535/],
    ['RINGBACK_EXTERNAL_URL', 'callback.example.com', /an http: or https: URL/],
    ['RINGBACK_DOCUMENT_FOLDERS', 'file://%', /folders/],
    ['RINGBACK_DOCUMENT_HOSTS', 'http://example.com/x', /hosts as host or host:port/],
    ['RINGBACK_FETCH_HOSTS', 'u:p@example.com', /hosts as host or host:port/],
    ['RINGBACK_PRIVATE_NETWORKS', '10.0.0.0/33', /networks as 10\.0\.0\.0\/8/],
    ['RINGBACK_TRUSTED', 'http://', /paths/],
    ['RINGBACK_KERNEL_MEMORY_MIB', '20', /from 21 to 2048/],
    ['RINGBACK_KERNEL_EVALUATION_MS', '0', /from 1 to 10000/],
    ['RINGBACK_KERNEL_STEP_MS', '1.5', /whole number from 1 to 60000/],
    ['RINGBACK_KERNEL_DOMAINS', '2000', /from 1 to 1000/],
    ['RINGBACK_REQUEST_TIMEOUT_MS', '0', /from 1/],
    ['RINGBACK_BODY_LIMIT', '1MB', /whole number/],
    ['RINGBACK_STORE', 'disk', /one of sqlite, memory/],
    ['RINGBACK_DATA', 'file://%', /folders/],
    ['RINGBACK_SESSIONS_IN_MEMORY', '0', /from 1 to/],
    ['RINGBACK_AGENT_ORIGINS', 'desk.example.com', /origins as https/],
    ['RINGBACK_AGENT_ORIGINS', 'https://desk.example.com/', /origins as https/],
    ['RINGBACK_LOG_LEVEL', 'loud', /one of debug, info/],
    ['RINGBACK_SEED', '-1', /from 0/],
  ];
  for (const [name, value, says] of wrong) {
    it(`refuses ${name}=${value} and names it`, () => {
      expect(() => configFrom({ [name]: value }))
        .to.throw(says)
        .with.property('message')
        .that.includes(name);
    });
  }

  for (const token of ['fifteen-letters', 'sixteen-letters-é', 'two words of a token']) {
    it(`refuses the token "${token}" for operators, and does not repeat it`, () => {
      expect(() => configFrom({ RINGBACK_ADMIN_TOKEN: token }))
        .to.throw(/RINGBACK_ADMIN_TOKEN .*16 or more visible ASCII characters/)
        .with.property('message')
        .that.does.not.include(token);
    });
  }

  for (const secret of ['fifteen-letters', 'alice=fifteen-letters', '=sixteen-letters-x'])
    it(`refuses "${secret}" among the tokens of agents, and does not repeat it`, () => {
      expect(() => configFrom({ RINGBACK_AGENT_TOKENS: `boris=a-token-of-boris,${secret}` }))
        .to.throw(/RINGBACK_AGENT_TOKENS is no good/)
        .with.property('message')
        .that.does.not.include('letters');
    });

  it('names everything that is wrong at once', () => {
    expect(() => configFrom({ PORT: 'x', RINGBACK_SEED: 'y' })).to.throw(/^PORT .*\nRINGBACK_SEED .*$/);
  });
});
