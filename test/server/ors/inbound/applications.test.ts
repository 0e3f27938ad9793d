import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationAt, applicationsOf, readApplications } from '../../../../server/ors/inbound/applications.js';
import { filled } from '../../../../server/ors/inbound/placeholders.js';

const script = {
  Application: { url: 'http://a/x.scxml', 'alternate-url': 'file:/b.scxml' },
  ApplicationParms: { app_find_agent_timeout: '30', require_ani: true },
};
const params = { app_find_agent_timeout: '30', require_ani: true };
const at = (application: unknown) => ({ Orchestration: { application } });
const configured = {
  routePoints: {
    '8001@S1': at('script:Inbound'),
    '8002': at('http://c/y.scxml?ani=[ANI] script:Inbound file:/d.scxml'),
  },
  scripts: { Inbound: script },
};

describe('the applications of route points', () => {
  const read = applicationsOf(configured, 'the test');
  const ofScript = [
    { url: 'http://a/x.scxml', params },
    { url: 'file:/b.scxml', params },
  ];

  it('are a script with its alternative and parameters, or a list of what is tried in order', () => {
    expect(applicationAt(read, '8001', 'S1')).to.deep.equal(ofScript);
    expect(applicationAt(read, '8002', undefined)).to.deep.equal([
      { url: 'http://c/y.scxml?ani=[ANI]', params: {} },
      ...ofScript,
      { url: 'file:/d.scxml', params: {} },
    ]);
  });

  for (const [dn, on, found] of [
    ['8001', 'S1', true],
    ['8001', 'S2', false],
    ['8001', undefined, true],
    ['8002', 'S9', true],
    ['8003', undefined, false],
    ['800', undefined, false],
  ] as const)
    it(`${dn} on ${on ?? 'any switch'} has ${found ? 'one' : 'none'}`, () => {
      expect(applicationAt(read, dn, on) !== undefined).to.equal(found);
    });

  const complaints: readonly (readonly [unknown, string])[] = [
    [[], 'the file: must be a JSON object'],
    [{ points: {} }, 'the file: points: only routePoints and scripts are known here'],
    [{ routePoints: { 8001: 'x' } }, 'routePoints: 8001: must be a JSON object'],
    [{ routePoints: { 8001: { Orchestration: {} } } }, 'routePoints: 8001: Orchestration.application must be a text'],
    [{ routePoints: { 8001: at('script:X') }, scripts: { Y: script } }, '"script:X" must be script:<one of Y>'],
    [{ routePoints: { 8001: at('ftp://x') } }, '"ftp://x" must be'],
    [{ scripts: { X: {} } }, 'scripts: X: Application.url must be a text'],
    [{ scripts: { X: { Application: { url: 'x', 'alternate-url': 7 } } } }, 'Application.alternate-url must be a text'],
    [{ scripts: { X: { ...script, parms: {} } } }, 'scripts: X: parms: only Application and ApplicationParms'],
  ];
  for (const [wrong, complaint] of complaints)
    it(`refuses ${JSON.stringify(wrong)}, naming the source`, () => {
      expect(() => applicationsOf(wrong, 'in.json'))
        .to.throw(complaint)
        .with.property('message')
        .that.includes('in.json');
    });

  it('tells every mistake at once', () => {
    const wrong = { routePoints: { 8001: at('ftp://x'), 8002: at('') } };
    expect(() => applicationsOf(wrong, 'in.json')).to.throw(/8001[^]*8002/);
  });

  describe('in a file', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ringback-test-'))));
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    it('are read, and a file that is not JSON, or not there, is named', () => {
      const file = join(folder, 'in.json');
      expect(() => readApplications(file)).to.throw(`${file}: the inbound applications cannot be read`);
      writeFileSync(file, '{');
      expect(() => readApplications(file)).to.throw(`${file}: the inbound applications cannot be read`);
      writeFileSync(file, JSON.stringify(configured));
      expect(readApplications(file)).to.deep.equal(read);
    });
  });
});

describe('the placeholders of an application', () => {
  const facts = {
    ani: '+1 650',
    dnis: '0800',
    dn: '8001',
    ced: '42',
    udata: { lang: 'en', 'a b': 'c&d', n: 1, o: { x: 1 } },
  };
  for (const [written, url] of [
    ['http://h/a?ani=[ANI]&dnis=[DNIS]', 'http://h/a?ani=%2B1%20650&dnis=0800'],
    ['file:/f/[DN]/[CED].scxml', 'file:/f/8001/42.scxml'],
    ['http://h/[UDATA.lang]/[UDATA.none]/[UDATA.a b]', 'http://h/en//c%26d'],
    ['http://h/?[UDATA]', 'http://h/?lang=en&a%20b=c%26d&n=1&o=%7B%22x%22%3A1%7D'],
    ['http://h/?u=[UDATA.*]', 'http://h/?u=lang:en,a%20b:c%26d,n:1,o:%7B%22x%22%3A1%7D'],
    ['http://h/[EMAILFROM]/[UDATA.constructor]/[NAME]', 'http://h///[NAME]'],
  ] as const)
    it(`${written} becomes ${url}`, () => {
      expect(filled(written, facts)).to.equal(url);
    });
  it('that nobody knows become nothing', () => {
    expect(filled('a[CED]b', { ...facts, ced: undefined })).to.equal('ab');
  });
});
