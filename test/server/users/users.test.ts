import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { Problem } from '../../../server/problems.js';
import { FAILURES, lockout } from '../../../server/users/lockout.js';
import { hashed, isHash, isPassword } from '../../../server/users/password.js';
import type { KnownUser } from '../../../server/users/users-file.js';
import { users } from '../../../server/users/users.js';

describe('passwords', () => {
  it('are kept with a salt of their own', async () => {
    const [one, other] = await Promise.all([hashed('correct horse'), hashed('correct horse')]);
    expect(isHash(one)).to.equal(true);
    expect(one).not.to.equal(other);
    expect(one).not.to.include('correct');
  });

  it('are right or not, and nobody has one who is not known', async () => {
    const hash = await hashed('correct horse é');
    expect(await isPassword('correct horse é'.normalize('NFD'), hash)).to.equal(true);
    expect(await isPassword('correct horse', hash)).to.equal(false);
    expect(await isPassword('', hash)).to.equal(false);
    expect(await isPassword('correct horse é', undefined)).to.equal(false);
  });
});

describe('users', () => {
  let all: KnownUser[];
  const eve = { roles: ['Supervisor'], services: [] } as const;
  beforeEach(() => {
    const password = 'password of eve';
    all = [
      { ...eve, name: 'eve', password },
      { ...eve, name: 'bob', password },
    ];
  });

  const scene = () => {
    const clock = virtualClock();
    const refused: string[] = [];
    const known = users({
      known: () => all,
      lockout: lockout(clock),
      clock,
      compare: async (password, hash) => {
        await new Promise((resolve) => setImmediate(resolve));
        return password === hash;
      },
      refused: (name, address, why) => refused.push(`${name} ${address} ${why}`),
    });
    const ask = (name: string, password: string, address = '10.0.0.1') =>
      known.authenticate({ name, password }, address).then(
        (user) => user.name,
        (error: unknown) => (error instanceof Problem ? error.code : error),
      );
    return { clock, refused, ask };
  };

  it('are known by name and password, and what is wrong is not said', async () => {
    const { ask, refused } = scene();
    expect(await ask('eve', 'password of eve')).to.equal('eve');
    expect(await ask('eve', 'password of bob')).to.equal('USER_UNKNOWN');
    expect(await ask('mallory', 'password of eve')).to.equal('USER_UNKNOWN');
    expect(await ask('', '')).to.equal('USER_UNKNOWN');
    expect(refused).to.include.members(['eve 10.0.0.1 unknown', 'mallory 10.0.0.1 unknown']);
  });

  it('are locked out after failures, at every address, with the right password as well, for a while', async () => {
    const { ask, clock, refused } = scene();
    for (let time = 0; time < FAILURES.user; time++)
      expect(await ask('eve', 'wrong password', `10.0.1.${time}`)).to.equal('USER_UNKNOWN');
    expect(await ask('eve', 'password of eve', '10.0.0.9')).to.equal('USER_LOCKED');
    expect(refused.at(-1)).to.equal('eve 10.0.0.9 locked');
    expect(await ask('bob', 'password of eve', '10.0.0.9')).to.equal('bob');
    await clock.advance(300_000);
    expect(await ask('eve', 'password of eve', '10.0.0.9')).to.equal('eve');
  });

  it('stay in while others guess', async () => {
    const { ask } = scene();
    expect(await ask('eve', 'password of eve')).to.equal('eve');
    for (let time = 0; time < FAILURES.user; time++) await ask('eve', 'wrong password', '10.0.1.1');
    expect(await ask('eve', 'wrong password')).to.equal('USER_LOCKED');
    expect(await ask('eve', 'password of eve')).to.equal('eve');
  });

  it('are no more asked for at an address that fails for many', async () => {
    const { ask } = scene();
    for (let time = 0; time < FAILURES.address; time++) await ask(`nobody${time}`, 'wrong password');
    expect(await ask('eve', 'password of eve')).to.equal('USER_LOCKED');
    expect(await ask('eve', 'password of eve', '10.0.0.2')).to.equal('eve');
  });

  it('have no more tries than those, though they come at the same instant', async () => {
    const { ask } = scene();
    const guesses = Array.from({ length: 30 }, (_, index) => ask('eve', `guess number ${index}`, `10.0.2.${index}`));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'USER_UNKNOWN')).to.have.length(FAILURES.user);
    expect(await ask('eve', 'password of eve')).to.equal('USER_LOCKED');
  });

  it('are out as soon as their password is another', async () => {
    const { ask } = scene();
    expect(await ask('bob', 'password of eve')).to.equal('bob');
    const password = 'another password';
    all = all.map((user) => (user.name === 'bob' ? { ...user, password } : user));
    expect(await ask('bob', 'password of eve')).to.equal('USER_UNKNOWN');
    expect(await ask('bob', 'another password')).to.equal('bob');
  });
});
