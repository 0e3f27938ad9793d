import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheck } from '../../server/cli/check.js';
import { runTrace } from '../../server/cli/trace.js';

const root = join(import.meta.dirname, '..', '..');
const open = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0"';
const scxml = (inside: string, datamodel = 'ecmascript'): string =>
  `${open} datamodel="${datamodel}">${inside}</scxml>`;

describe('the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-cli-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  describe('check', () => {
    const check = (...files: string[]) => {
      const [out, err]: [string[], string[]] = [[], []];
      const code = runCheck(files, { out: (line) => out.push(line), err: (line) => err.push(line) });
      return { code, out, err };
    };

    it('says nothing of a document that is right, and exits with 0', () => {
      const file = write('right.scxml', scxml('<state id="a"/>'));
      expect(check(file)).to.deep.equal({ code: 0, out: [], err: [] });
    });

    const lines: [what: string, content: string, lines: string[], code: number][] = [
      ['a target that is not there', `${open}>\n  <state><transition target="b"/></state></scxml>`, ['2:10: .*"b"'], 1],
      ['text that is no XML', '<scxml', ['1:\\d+: .*tag'], 1],
      ['another root', '<html/>', ['1:1: .*<scxml>'], 1],
      ['a datamodel that is unknown', scxml('<state/>', 'xpath'), ['1:1: datamodel "xpath"'], 1],
      ['a script that cannot be loaded', scxml('\n<script src="no.js"/><state/>'), ['2:1: .*no\\.js'], 1],
      ['a warning', `${open}>\n<state colour="red"/></scxml>`, ['2:16: warning: .*colour'], 0],
      ['an expression', scxml('<state>\n<onentry><log expr="1 +"/></onentry></state>'), ['2:24: .+'], 1],
      [
        'an expression of the null datamodel',
        scxml('<state>\n<onentry><log expr="1"/></onentry></state>', 'null'),
        ['2:21: .+'],
        1,
      ],
      [
        'the structure and all expressions at once',
        scxml(
          '<datamodel><data id="a"/></datamodel><state id="a">\n<onentry><if cond="("><raise event="e"/></if></onentry>\n<transition event="e" target="b" cond="a b"/>\n<transition event="f"><send event="f" namelist="a 1b"/><script>var = 1;</script></transition></state>',
        ),
        ['2:\\d+: .+', '3:1: .*"b"', '3:\\d+: .+', '4:\\d+: .+', '4:\\d+: .+'],
        1,
      ],
    ];
    for (const [what, content, expected, code] of lines) {
      it(`prints ${what}, and exits with ${code}`, () => {
        const file = write('judged.scxml', content);
        const { out, ...rest } = check(file);
        expect(rest).to.deep.equal({ code, err: [] });
        expect(out).to.have.length(expected.length);
        for (const [index, line] of expected.entries()) expect(out[index]).to.match(new RegExp(`^${file}:${line}`));
      });
    }

    it('prints all findings as one array of JSON where that is asked for', () => {
      const [first, second] = [
        write('first.scxml', `${open}>\n<state colour="red"/></scxml>`),
        write('second.scxml', scxml('<state id="a"><transition cond="b c" event="e"/></state>')),
      ];
      const [out, err]: [string[], string[]] = [[], []];
      const code = runCheck([first, second], { out: (line) => out.push(line), err: (line) => err.push(line) }, 'json');
      expect([code, err]).to.deep.equal([1, []]);
      const findings = JSON.parse(out.join('\n')) as { message: string }[];
      expect(findings.map(({ message, ...rest }) => ({ ...rest, message: message.split(' ')[0] }))).to.deep.equal([
        { file: first, line: 2, column: 16, severity: 'warning', message: 'unknown' },
        { file: second, line: 1, column: 119, severity: 'error', message: 'Unexpected' },
      ]);
      const none = write('none-wrong.scxml', scxml('<state id="a"/>'));
      expect(runCheck([none], { out: (line) => out.push(line), err: () => undefined }, 'json')).to.equal(0);
      expect(out.at(-1)).to.equal('[]');
    });

    it('knows the modules that a strategy can use', () => {
      const action = '<q:submt xmlns:q="http://www.genesyslab.com/modules/queue"/>';
      const { code, out } = check(write('modules.scxml', scxml(`<state><onentry>\n${action}</onentry></state>`)));
      expect(code).to.equal(1);
      expect(out.map((line) => line.replace(/^.*scxml:/, ''))).to.deep.equal([
        '2:1: <submt> is no action of the module "http://www.genesyslab.com/modules/queue": did you mean <submit>?',
      ]);
    });

    it('loads scripts relative to the document', () => {
      write('lib.js', 'var x = 1;');
      expect(check(write('loads.scxml', scxml('<script src="lib.js"/><state/>'))).out).to.deep.equal([]);
    });

    it('checks every file, also after one that cannot be read, and then exits with 1', () => {
      const [bad, good] = [join(folder, 'none.scxml'), write('one.scxml', `${open}><state colour="red"/></scxml>`)];
      const { code, out, err } = check(bad, good);
      expect(code).to.equal(1);
      expect(out).to.have.length(1);
      expect(err).to.deep.equal([`${bad}: cannot be read (ENOENT): check its name and your rights`]);
    });
  });

  describe('trace', () => {
    const trace = async (file: string, input: unknown, env: Record<string, string> = {}) => {
      const [out, err]: [string[], string[]] = [[], []];
      const code = await runTrace(file, {
        out: (line) => out.push(line),
        err: (line) => err.push(line),
        input: async () => (typeof input === 'string' ? input : JSON.stringify(input)),
        env,
      });
      expect(out.length, err.join('\n')).to.equal(code === 0 ? 1 : 0);
      return { code, err, told: code === 0 ? (JSON.parse(out[0] ?? '') as Record<string, unknown>) : {} };
    };

    const timed = scxml(`
      <datamodel><data id="n" expr="1"/></datamodel>
      <state id="a">
        <onentry><log label="n" expr="n"/><send event="late" delay="2s"/></onentry>
        <transition event="set"><assign location="n" expr="_event.data.n"/><log expr="n"/></transition>
        <transition event="late" target="p"/>
      </state>
      <parallel id="p">
        <state id="q"><state id="r"><onentry><log label="time" expr="Date.now()"/></onentry></state></state>
        <state><state id="s"/></state>
        <transition event="end" target="over"/>
      </parallel>
      <final id="over"/>`);

    it('tells configurations after each step, and everything that happened in order', async () => {
      const { told } = await trace(write('timed.scxml', timed), [
        { event: 'set', data: { n: [2] } },
        { advance: 1_999 },
        { advance: 1 },
        { event: 'end' },
        { event: 'ignored' },
      ]);
      expect(told).to.deep.equal({
        initialConfiguration: ['a'],
        steps: [
          { configuration: ['a'], running: true },
          { configuration: ['a'], running: true },
          { configuration: ['r', 's'], running: true },
          { configuration: ['over'], running: false },
          { configuration: ['over'], running: false },
        ],
        endConfiguration: ['over'],
        final: 'over',
        running: false,
        trace: [
          { enter: 'a' },
          { log: 'n', value: 1 },
          { log: null, value: [2] },
          { exit: 'a' },
          { enter: 'p' },
          { enter: 'q' },
          { enter: 'r' },
          { log: 'time', value: 2_000 },
          { enter: 's' },
          { exit: 's' },
          { exit: 'r' },
          { exit: 'q' },
          { exit: 'p' },
          { enter: 'over' },
          { exit: 'over' },
        ],
      });
    });

    it('lets timers run for 15 seconds of virtual time after the last step, or for SETTLE_MS', async () => {
      const file = write('timed.scxml', timed);
      const ends = async (env: Record<string, string>) => (await trace(file, [], env)).told['endConfiguration'];
      expect(await ends({})).to.deep.equal(['r', 's']);
      expect(await ends({ SETTLE_MS: '1999' })).to.deep.equal(['a']);
      expect(await ends({ SETTLE_MS: '2000' })).to.deep.equal(['r', 's']);
    });

    it('tells no states without an id, and null for what has none', async () => {
      const file = write(
        'nameless.scxml',
        scxml('<state><onentry><log/></onentry><transition target="x"/></state><final id="x"/>'),
      );
      expect((await trace(file, '')).told).to.deep.equal({
        initialConfiguration: ['x'],
        steps: [],
        endConfiguration: ['x'],
        final: 'x',
        running: false,
        trace: [{ log: null, value: null }, { enter: 'x' }, { exit: 'x' }],
      });
      const end = write('nameless-end.scxml', scxml('<final/>'));
      expect((await trace(end, [])).told).to.include({ final: null, running: false });
    });

    it('writes as null what JSON has no value for', async () => {
      const logs = ['undefined', 'NaN', '(function(){var a=[];a.push(a);return a})()'].map(
        (expr) => `<log expr="${expr}"/>`,
      );
      const file = write('values.scxml', scxml(`<final id="f"><onentry>${logs.join('')}</onentry></final>`));
      const { told } = await trace(file, []);
      const values = (told['trace'] as { value?: unknown }[])
        .filter((line) => 'value' in line)
        .map(({ value }) => value);
      expect(values).to.deep.equal([null, null, null]);
    });

    it('runs invoked documents, data and scripts that lie beside the file, and traces the session alone', async () => {
      write(
        'child.scxml',
        scxml('<state id="inner"><onentry><send event="hi" target="#_parent" delay="1s"/></onentry></state>'),
      );
      write('data.json', '{"a": 7}');
      write('script.js', 'var b = 8;');
      const file = write(
        'parent.scxml',
        scxml(`
          <datamodel><data id="d" src="data.json"/></datamodel>
          <script src="script.js"/>
          <state id="waits"><invoke src="child.scxml"/><transition event="hi" target="f"/></state>
          <final id="f"><onentry><log expr="d.a + b"/></onentry></final>`),
      );
      const { told } = await trace(file, [{ advance: 999 }, { advance: 1 }]);
      expect(told['steps']).to.deep.equal([
        { configuration: ['waits'], running: true },
        { configuration: ['f'], running: false },
      ]);
      expect(told['trace']).to.deep.equal([
        { enter: 'waits' },
        { exit: 'waits' },
        { enter: 'f' },
        { log: null, value: 15 },
        { exit: 'f' },
      ]);
    });

    const endless = '<state id="a"><transition target="a"/></state>';
    const refused: [
      what: string,
      content: string,
      input: string,
      env: Record<string, string>,
      code: number,
      says: RegExp,
    ][] = [
      ['input that is no JSON', scxml('<state/>'), '[{"event":"a"},]', {}, 2, /no JSON.*line 1, column 16/],
      ['input that is no list', scxml('<state/>'), '{"event":"a"}', {}, 2, /a JSON list of steps/],
      ['an unknown step', scxml('<state/>'), '[{"event":"a"},{"wait":1}]', {}, 2, /step 2 must be/],
      ['a step that is two', scxml('<state/>'), '[{"event":"a","advance":1}]', {}, 2, /step 1 must be/],
      ['time that goes back', scxml('<state/>'), '[{"advance":-1}]', {}, 2, /step 1 must be/],
      ['an event without a name', scxml('<state/>'), '[{"event":""}]', {}, 2, /step 1 must be/],
      ['a SETTLE_MS that is no number', scxml('<state/>'), '', { SETTLE_MS: '1s' }, 2, /SETTLE_MS is "1s"/],
      ['a document that is wrong', scxml('<state initial="b"/>'), '', {}, 1, /refused\.scxml:1:\d+: .*b/],
      ['a session that never rests', scxml(endless), '', {}, 1, /refused\.scxml.*microsteps/],
    ];
    for (const [what, content, input, env, code, says] of refused) {
      it(`tells nothing for ${what}, but why, and exits with ${code}`, async () => {
        const answer = await trace(write('refused.scxml', content), input, env);
        expect(answer.code).to.equal(code);
        expect(answer.err.join('\n')).to.match(says);
      });
    }

    it('says when the file cannot be read', async () => {
      const { code, err } = await trace(join(folder, 'none.scxml'), []);
      expect([code, err]).to.deep.equal([
        1,
        [`${join(folder, 'none.scxml')}: cannot be read (ENOENT): check its name and your rights`],
      ]);
    });
  });

  it('is a program with standard input, output and exit codes', async () => {
    const file = write('whole.scxml', scxml('<state id="a"><transition event="e" target="f"/></state><final id="f"/>'));
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'server', 'cli.ts'), 'trace', file], {
      cwd: root,
    });
    child.stdin.end('[{"event":"e"}]');
    const closed = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    expect([child.exitCode, err]).to.deep.equal([0, '']);
    expect(JSON.parse(out)).to.include({ final: 'f', running: false });
  });
});
