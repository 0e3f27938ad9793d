import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runFollow } from '../../../server/cli/follow.js';
import { packageRoot } from '../../../server/root.js';

const scxml = (body: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" xmlns:q="http://www.genesyslab.com/modules/queue">${body}</scxml>`;

const timed = scxml(`
  <datamodel><data id="n" expr="1"/><data id="unset"/></datamodel>
  <state id="a">
    <onentry><send event="late" delay="2s"/></onentry>
    <transition event="set"><assign location="n" expr="_event.data.n"/><log label="n" expr="n"/></transition>
    <transition event="late" target="p"/>
  </state>
  <parallel id="p">
    <state id="q"><onentry><log expr="Date.now()"/></onentry></state><state id="r"/>
    <transition event="end" target="over"/>
  </parallel>
  <final id="over"/>`);

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('ringback trace --follow', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-follow-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** What is printed after each line; of standard error with `! ` before it, of a prompt `> `. The first is the start. */
  const follow = async (document: string, lines: readonly string[], asks = false) => {
    const file = join(folder, 'followed.scxml');
    writeFileSync(file, document);
    const said: string[] = [];
    const answers: string[][] = [];
    const take = (): void => void answers.push(said.splice(0));
    async function* input(): AsyncGenerator<string> {
      for await (const line of each(lines)) {
        take();
        yield line;
      }
      take();
    }
    const code = await runFollow(file, {
      out: (line) => said.push(line),
      err: (line) => said.push(`! ${line.replaceAll(file, 'FILE')}`),
      lines: input,
      prompt: asks ? () => said.push('> ') : undefined,
    });
    if (said.length > 0) take();
    return { code, answers };
  };

  it('prints after each line what happened and where the session is', async () => {
    const { code, answers } = await follow(timed, [
      'event set {"n":[2]}',
      'advance 1999',
      'advance 1',
      'event end',
      'state',
    ]);
    expect(code).to.equal(0);
    expect(answers).to.deep.equal([
      ['enter a', 'is in a at 0 ms'],
      ['log n: [2]', 'is in a at 0 ms'],
      ['is in a at 1999 ms'],
      ['exit a', 'enter p', 'enter q', 'log 2000', 'enter r', 'is in q, r at 2000 ms'],
      ['exit r', 'exit q', 'exit p', 'enter over', 'exit over', 'has ended in over at 2000 ms'],
      ['has ended in over at 2000 ms'],
    ]);
  });

  it('lists the variables', async () => {
    const { answers } = await follow(timed, ['event set {"n":{"deep":null}}', 'data']);
    expect(answers.at(-1)).to.deep.equal(['n = {"deep":null}', 'unset = undefined']);
  });

  const refused: [line: string, says: RegExp][] = [
    ['jump', /^! there is no command "jump": help lists them$/],
    ['event', /^! event needs a name/],
    ['event a {"b":}', /^! .*line 1, column/],
    ['advance', /^! advance needs a whole number of milliseconds, not ""$/],
    ['advance -1', /^! advance needs a whole number/],
    ['constructor', /^! there is no command "constructor"/],
  ];
  for (const [line, says] of refused) {
    it(`says what is wrong with "${line}", and goes on`, async () => {
      const { code, answers } = await follow(timed, [line, 'state']);
      expect(code).to.equal(0);
      expect(answers[1]).to.have.length(1);
      expect(answers[1]?.[0]).to.match(says);
      expect(answers[2]).to.deep.equal(['is in a at 0 ms']);
    });
  }

  it('goes on after the end of the session, and says so', async () => {
    const { code, answers } = await follow(scxml('<final id="f"/>'), ['event e', 'advance 5', 'data']);
    expect(code).to.equal(0);
    expect(answers.slice(1)).to.deep.equal([
      ['! the session is over: it has ended in f at 0 ms'],
      ['has ended in f at 5 ms'],
      [],
    ]);
  });

  it('goes on after a session that breaks off, and says why', async () => {
    const document = scxml(
      '<datamodel><data id="i" expr="0"/></datamodel><state id="a"><transition event="e" target="b"/></state><state id="b"><transition cond="i &gt;= 0" target="c"/></state><state id="c"><transition cond="i &gt;= 0" target="b"/></state>',
    );
    const { code, answers } = await follow(document, ['event e', 'state', 'help']);
    expect(code).to.equal(0);
    expect(answers[1]?.at(-1)).to.match(/^! .*microsteps/);
    expect(answers[2]?.at(-1)).to.match(/^! .*microsteps/);
    expect(answers[3]).to.have.length(6);
  });

  it('tells the actions of modules, for the author to answer them', async () => {
    const document = scxml(
      `<datamodel><data id="r"/></datamodel><state id="a"><onentry><q:submit requestid="r" queue="'Sales'" timeout="60"/></onentry>
       <transition event="queue.submit.done" cond="_event.data.requestid === r" target="b"/></state><final id="b"/>`,
    );
    const { answers } = await follow(document, ['event queue.submit.done {"requestid":"session.1"}']);
    expect(answers[0]).to.deep.equal([
      'enter a',
      'action queue:submit requestid session.1 {"queue":"Sales","timeout":60}',
      'is in a at 0 ms',
    ]);
    expect(answers[1]?.at(-1)).to.equal('has ended in b at 0 ms');
  });

  it('says of an error where it comes from and why', async () => {
    const document = scxml(
      `<state id="a">
        <invoke src="none.scxml"/>
        <transition event="e"><send event="never" targetexpr="'#_' + nobody"/></transition>
        <transition event="f" cond="nothing.at.all" target="b"/>
      </state><state id="b"/>`,
    );
    const { answers } = await follow(document, ['event e', 'event f']);
    expect(answers).to.deep.equal([
      ['enter a', 'error error.communication: the document "none.scxml" cannot be loaded', 'is in a at 0 ms'],
      ['error error.execution at 3:31: ReferenceError: nobody is not defined', 'is in a at 0 ms'],
      ['error error.execution at 4:9: ReferenceError: nothing is not defined', 'is in a at 0 ms'],
    ]);
  });

  it('ends with quit', async () => {
    const { code, answers } = await follow(timed, ['  quit', 'state']);
    expect(code).to.equal(0);
    expect(answers).to.have.length(1);
  });

  it('asks for a line where somebody sits', async () => {
    const { answers } = await follow(timed, ['', 'state', 'nonsense'], true);
    expect(answers).to.deep.equal([
      ['enter a', 'is in a at 0 ms', 'help lists the commands', '> '],
      ['> '],
      ['is in a at 0 ms', '> '],
      ['! there is no command "nonsense": help lists them', '> '],
    ]);
  });

  it('refuses a document that is wrong, and one that is not there', async () => {
    const { code, answers } = await follow(
      '<scxml version="1.0">\n<state><transition target="x"/></state></scxml>',
      [],
    );
    expect([code, answers]).to.deep.equal([1, [['! FILE:2:8: there is no state "x"']]]);
    const err: string[] = [];
    const nothing = { out: () => undefined, lines: () => each([]), prompt: undefined };
    expect(await runFollow(join(folder, 'none.scxml'), { ...nothing, err: (line) => err.push(line) })).to.equal(1);
    expect(err).to.have.length(1);
  });

  it('reads standard input as a program', async () => {
    const file = join(folder, 'whole.scxml');
    writeFileSync(file, timed);
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(packageRoot, 'server', 'cli.ts'), 'trace', '--follow', file],
      { cwd: packageRoot },
    );
    child.stdin.end('advance 2000\nnonsense\nevent end\n');
    const closed = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    expect([child.exitCode, err]).to.deep.equal([0, 'there is no command "nonsense": help lists them\n']);
    expect(out.trimEnd().split('\n').at(-1)).to.equal('has ended in over at 2000 ms');
    expect(out).not.to.include('> ');
  });
});
