// ringback user: the users of a data folder, which a server that runs hears of.
import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../../server/cli/commands.js';
import { isPassword } from '../../../server/users/password.js';
import { readUsers, usersFileIn, usersNow } from '../../../server/users/users-file.js';

const PASSWORD = 'a password of eve';

describe('ringback user', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-users-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = async (args: readonly string[], input = '') => {
    const lines: string[] = [];
    let code: number | undefined;
    const terminal = {
      out: (line: string) => void lines.push(line),
      err: (line: string) => void lines.push(`! ${line}`),
      input: () => Promise.resolve(input),
      async *lines() {
        await Promise.resolve();
        yield* [];
      },
      prompt: undefined,
      screen: undefined,
      env: { RINGBACK_DATA: folder },
    };
    await commandLine(terminal, (given) => (code = given)).parseAsync(['node', 'ringback', 'user', ...args]);
    return { code, lines };
  };
  const add = (name: string, ...more: string[]) => run(['add', name, '--role', 'Supervisor', ...more], `${PASSWORD}\n`);

  it('adds users, who are listed, with a password that is nowhere', async () => {
    expect(await add('eve', '--services', 'sales, shop')).to.deep.equal({ code: 0, lines: [] });
    expect(await run(['add', 'bob', '--role', 'Administrator', 'CallbackReadOnly'], PASSWORD)).to.include({ code: 0 });
    expect((await run(['list'])).lines).to.deep.equal([
      'eve\tSupervisor\tsales,shop',
      'bob\tAdministrator,CallbackReadOnly\tall services',
    ]);
    const file = usersFileIn(folder);
    expect(readFileSync(file, 'utf8')).not.to.include(PASSWORD);
    expect(statSync(file).mode & 0o077).to.equal(0);
    expect(await isPassword(PASSWORD, readUsers(file)[0]?.password)).to.equal(true);
  });

  it('gives another password, and takes a user out, which a server sees at once', async () => {
    const now = usersNow(usersFileIn(folder));
    expect(now()).to.deep.equal([]);
    await add('eve');
    await add('bob');
    const before = now()[0]?.password;
    expect(await run(['password', 'eve'], 'another password\n')).to.deep.equal({ code: 0, lines: [] });
    const [eve] = now();
    expect(eve?.password).not.to.equal(before);
    expect(await isPassword('another password', eve?.password)).to.equal(true);
    await run(['remove', 'eve']);
    expect(now().map(({ name }) => name)).to.deep.equal(['bob']);
  });

  const refusals: Readonly<Record<string, readonly [args: readonly string[], input: string, why: string]>> = {
    'a name that is there': [['add', 'eve', '--role', 'Supervisor'], PASSWORD, 'there is a user eve'],
    'a name with a colon': [['add', 'e:ve', '--role', 'Supervisor'], PASSWORD, 'no blanks and no colon'],
    'a short password': [['add', 'bob', '--role', 'Supervisor'], 'short', 'a password has 10 to 200 characters'],
    'no password': [['password', 'eve'], '', 'a password has 10 to 200 characters'],
    nobody: [['remove', 'bob'], '', 'there is no user bob'],
    'the password of nobody': [['password', 'bob'], PASSWORD, 'there is no user bob'],
  };
  for (const [title, [args, input, why]] of Object.entries(refusals))
    it(`refuses ${title}`, async () => {
      await add('eve');
      const { code, lines } = await run(args, input);
      expect(code).to.equal(1);
      expect(lines.join('\n')).to.include(`! nothing was changed: `).and.include(why);
      expect(readUsers(usersFileIn(folder)).map(({ name }) => name)).to.deep.equal(['eve']);
    });

  for (const text of ['{', '[]', '{"users": [{"name": "eve", "roles": ["King"]}]}', '{"users": [{"name": "eve"}]}'])
    it(`uses no file that is not as it should be: ${text}`, async () => {
      writeFileSync(usersFileIn(folder), text);
      expect((await add('eve')).code).to.equal(1);
      expect((await run(['list'])).code).to.equal(1);
      expect(readFileSync(usersFileIn(folder), 'utf8')).to.equal(text);
      expect(() => usersNow(usersFileIn(folder))()).to.throw(usersFileIn(folder));
    });
});
