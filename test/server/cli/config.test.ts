// The configuration of a server as a folder of YAML: exported, checked, compared and applied, over HTTP; and made of exported sections.
import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDemo, ringback, type Demo } from './demo.js';

describe('ringback config', () => {
  let folder: string;
  let demo: Demo;
  before(async () => {
    demo = await openDemo();
  });
  after(() => demo.close());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-config-'));
    const { code } = await demo.ringback(['config', 'export', folder]);
    expect(code).to.equal(0);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const config = (command: string, ...more: string[]) => demo.ringback(['config', command, folder, ...more]);
  const file = (...path: string[]) => join(folder, ...path);
  const write = (path: readonly string[], text: string): void => {
    mkdirSync(file('lists'), { recursive: true });
    writeFileSync(file(...path), text);
  };
  const change = (path: readonly string[], from: RegExp, to: string): void => {
    const text = readFileSync(file(...path), 'utf8');
    expect(text).to.match(from);
    writeFileSync(file(...path), text.replace(from, to));
  };
  const basic = ['services', 'BasicCallback.yaml'];

  it('exports a file a service, in which nothing is wrong or different', async () => {
    expect(readFileSync(file(...basic), 'utf8'))
      .to.include('template: callback\n')
      .and.include('  _route_point: ');
    expect(await config('check')).to.deep.include({ code: 0, out: [`${folder}: 4 services, no mistake`] });
    expect(await config('diff')).to.deep.include({ code: 0, out: [] });
  });

  it('says what would change, changes it in the running server, and then nothing is different', async () => {
    change(basic, /  _target: .*/, '  _target: New@StatServer.GA\n  _ttl: 60');
    rmSync(file('services', 'SupportCallback.yaml'));
    write(['services', 'Hours.yaml'], 'template: office-hours\noptions:\n  _bh_regular1: Mon-Fri 09:00-17:00\n');
    write(['lists', 'GMS_Resources.yaml'], 'CB_Resources:\n  line: "8001"\n');
    const diff = await config('diff');
    expect(diff.code).to.equal(1);
    expect(diff.out).to.have.members([
      '~ services/BasicCallback/options/_target: "Billing@StatServer.GA" -> "New@StatServer.GA"',
      '+ services/BasicCallback/options/_ttl: 60',
      diff.out.find((line) => line.startsWith('- services/SupportCallback: {"template":"callback"')),
      '+ services/Hours: {"template":"office-hours","options":{"_bh_regular1":"Mon-Fri 09:00-17:00"}}',
      '+ lists/GMS_Resources/CB_Resources/line: "8001"',
    ]);
    expect(await config('apply')).to.deep.include({ code: 0, out: [...diff.out, '5 changes'] });
    expect(await config('diff')).to.deep.include({ code: 0, out: [] });
  });

  const mistakes: Record<string, [path: readonly string[], text: string, says: string]> = {
    'a value': [
      basic,
      'template: callback\noptions:\n  _target: a\n  _ttl: x\n',
      ':4: _ttl has "x", allowed: a whole number',
    ],
    'an option': [
      basic,
      'template: callback\noptions:\n  _tll: 1\n',
      ':3: callback has no option _tll: is _ttl meant?',
    ],
    'a template': [basic, 'options: {}\ntemplate: x\n', ':2: template: "x" is not there, allowed: callback'],
    'a field': [basic, 'template: callback\noption: {}\n', ':2: only template and options are known here'],
    'what is no YAML': [basic, 'template: callback\noptions: {\n', ':3: Flow map'],
    'a key that comes twice': [basic, 'template: callback\ntemplate: callback\n', ':2: Map keys must be unique'],
    hours: [
      ['services', 'H.yaml'],
      'template: office-hours\noptions:\n  _bh_regular1: Mon-Fri\n',
      ':3: service H: _bh_regular1 is "Mon-Fri": write',
    ],
    'an include in a circle': [
      ['services', 'H.yaml'],
      'template: office-hours\noptions:\n  _include_rules1: H\n',
      ':3: service H: _include_rules1 is "H": must not include itself',
    ],
    'a reference': [
      basic,
      'template: callback\noptions:\n  _capacity_service: nowhere\n',
      ':3: _capacity_service must name a service of the template capacity: "nowhere" is not there',
    ],
    'a number without quotes': [['lists', 'L.yaml'], 'S:\n  k: 8001\n', ':2: must be a text of at most 255 characters'],
    'a pattern': [['lists', 'GMS_Patterns.yaml'], 'S:\n  k: "(a"\n', ':2: "(a": '],
  };
  for (const [title, [path, text, says]] of Object.entries(mistakes))
    it(`finds ${title} with file and line, and applies nothing`, async () => {
      write(path, text);
      const { code, out } = await config('check');
      expect(code).to.equal(1);
      expect(
        out.some((line) => line.startsWith(`${file(...path)}${says}`)),
        out.join('\n'),
      ).to.equal(true);
      expect((await config('apply')).code).to.equal(1);
    });

  it('warns of a service that lacks a value, and takes it', async () => {
    write(['services', 'New.yaml'], 'template: callback\noptions:\n  _ttl: 60\n');
    const { code, out } = await config('check');
    expect(code).to.equal(0);
    expect(out).to.include(
      `${file('services', 'New.yaml')}:2: warning: _target has no value: no service of callback starts without, unless each request brings it`,
    );
  });

  it('says what to do without a token, a server or a folder', async () => {
    const nobody = { RINGBACK_EXTERNAL_URL: 'http://127.0.0.1:1', RINGBACK_ADMIN_TOKEN: 'x'.repeat(20) };
    expect((await ringback(['config', 'diff', folder], {})).err.join()).to.include('set RINGBACK_ADMIN_TOKEN');
    expect((await ringback(['config', 'diff', folder], nobody)).err.join()).to.include('nobody answers at');
    expect((await ringback(['config', 'check', '/nowhere'], {})).err.join()).to.include('/nowhere is no configuration');
  });
});

describe('ringback import', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ringback-import-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (text: string) => {
    const [file, into] = [join(folder, 'gms.cfg'), join(folder, 'made')];
    writeFileSync(file, text);
    const said = await ringback(['import', file, '--into', into], {});
    const service = (name: string) => readFileSync(join(into, 'services', `${name}.yaml`), 'utf8');
    return { ...said, out: said.out.map((line) => line.replace(`${file}:`, '').replace(into, 'DIR')), service };
  };

  it('takes services with values of their types, and leaves tokens as they are', async () => {
    const { code, out, service } = await run(
      [
        '; exported',
        '[service.Billing]',
        '_type=ors',
        '_service = callback',
        '_ttl=600',
        '_wait_for_agent=true',
        '_target="$team$@StatServer.GA"',
        '_capacity_service=',
        '[service.business-hours]',
        '_type=builtin',
        '_service=office-hours',
        '_bh_regular1=Mon-Fri 01:00-23:00',
      ].join('\r\n'),
    );
    expect([code, out]).to.deep.equal([0, ['DIR: 2 services, 8 options; not taken: 0']]);
    expect(service('Billing')).to.equal(
      'template: callback\noptions:\n  _type: ors\n  _service: callback\n  _ttl: 600\n  _wait_for_agent: true\n  _target: $team$@StatServer.GA\n',
    );
    expect(service('business-hours')).to.include('template: office-hours').and.include('_bh_regular1: Mon-Fri');
  });

  it('tells with its line what it could not take, and takes the rest', async () => {
    const { code, out, service } = await run(
      [
        'before=all',
        '[service.Billing]',
        '_ttl=ten',
        '_tll=1',
        '_urs_virtual_queue=VQ',
        'nonsense',
        '[server]',
        'web_port=8080',
        '[service.hours]',
        '_type=ors',
        '_service=office-hours',
        '[service.own]',
        '_service=http://host/app.scxml',
      ].join('\n'),
    );
    expect(code).to.equal(1);
    expect(out).to.deep.equal([
      '1: "before=all" is no key=value of a section',
      '3: [service.Billing] _ttl is not taken: _ttl has "ten", allowed: a whole number, 0 or more',
      '4: [service.Billing] _tll is not taken: callback has no option _tll: is _ttl meant?',
      '6: "nonsense" is no key=value of a section',
      '7: [server] is not taken: only [service.NAME] is taken',
      '10: [service.hours] _type is not taken: it runs in the server (builtin)',
      '12: [service.own] is not taken: there is no template for _service=http://host/app.scxml',
      'DIR: 2 services, 2 options; not taken: 7',
    ]);
    expect(service('Billing')).to.equal('template: callback\noptions:\n  _urs_virtual_queue: VQ\n');
  });
});
