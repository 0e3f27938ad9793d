/**
 * Ten idioms that Composer's documents are made of, each by its name, seen in documents of the corpus (`corpus.test.ts` holds
 * the whole of what these do).
 */
import { expect } from 'chai';
import { play } from './run.js';
import { storyOf } from './story.js';

const seen = (name: string): Promise<readonly string[]> =>
  play(name, storyOf(name), { trusted: true, residents: 5000 });

/** What a session logged. */
const logs = (trace: readonly string[], session = 'S1'): string[] =>
  trace.flatMap((line) => line.split(` ${session} log `).slice(1));

interface Taken {
  readonly at: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events that a session took. */
const events = (trace: readonly string[], session = 'S1'): Taken[] =>
  trace.flatMap((line) => {
    const [, at, name = '', data] = new RegExp(`^(\\S+) ${session} < (\\S+) ?(.*)$`).exec(line) ?? [];
    if (at === undefined) return [];
    return [{ at: Number(at), name, data: data ? (JSON.parse(data) as Taken['data']) : {} }];
  });

/** Where a session was, one after the other. */
const places = (trace: readonly string[], session = 'S1'): string[] =>
  trace.flatMap((line) => line.split(` ${session} in `).slice(1));

const names = (taken: readonly Taken[]): string[] => taken.map(({ name }) => name);

describe("idioms of Composer's documents", () => {
  it('1. both legs of an interaction process see one and the same event, the application first', async () => {
    const trace = await seen('ipd');
    expect(logs(trace).filter((line) => line.includes('the same event'))).to.deep.equal([
      'error the same event: true',
      'error the same event: true',
    ]);
  });

  it('2. a block ends with an event of its own, which waits in the external queue and is known by resolveid', async () => {
    const trace = await seen('nested-include');
    const blocks = events(trace).filter(({ name }) => name === 'Begin.done');
    expect(blocks.map(({ data }) => data['resolveid'])).to.deep.equal(['A', 'B', 'A.Inner', 'B.Inner']);
    expect(places(trace).slice(0, 3)).to.deep.equal([
      'A.Begin B.Begin',
      'A.Inner.Begin B.Begin',
      'A.Inner.Begin B.Inner.Begin',
    ]);
  });

  it('3. a target is submitted, its request is known, it is selected, and the call redirected', async () => {
    const queue = /^(queue|interaction\.redirect)\./;
    const taken = events(await seen('target')).filter(({ name }) => queue.test(name));
    expect(names(taken)).to.deep.equal(['queue.submit.requestid', 'queue.submit.done', 'interaction.redirect.done']);
  });

  it('3. what fails in a target is an event for its block', async () => {
    const failures = /^error\.(queue|interaction)|cancel/;
    const taken = events(await seen('target-fails')).filter(({ name }) => failures.test(name));
    expect(names(taken)).to.deep.equal([
      'error.queue.submit',
      'queue.cancel.done',
      'error.queue.submit',
      'error.interaction.redirect',
    ]);
  });

  it('3. the older target detaches, redirects, attaches again when that fails, and raises what was saved', async () => {
    const trace = await seen('detach-attach');
    const actions = /interaction\.(detach|redirect|attach)/;
    expect(names(events(trace)).filter((name) => actions.test(name))).to.deep.equal([
      'interaction.detach.done',
      'error.interaction.redirect',
      'interaction.attach.done',
    ]);
    expect(logs(trace).at(-1)).to.equal('error raised again: invaliddestination, ours: true');
  });

  it('4. the location of requestid holds before the answer can come', async () => {
    const trace = await seen('fetch');
    const ids = events(trace).flatMap(({ data }) => data['requestid'] ?? []);
    expect(ids).to.have.lengthOf(3);
    expect(new Set(ids).size).to.equal(3);
    // each of them led on, which takes a condition that compares it
    expect(places(trace)).to.deep.equal([
      'Request.send',
      'Request.wait',
      'Request.send',
      'Request.wait',
      'Request.send',
    ]);
  });

  it('5. user data are set and seen with interaction.udata.changed; the guard is cancelled, or cannot be any more', async () => {
    const trace = await seen('user-data');
    expect(names(events(trace)))
      .to.include('interaction.udata.changed')
      .and.not.to.include('udata.timeout');
    const told = logs(trace);
    expect(told).to.include.members(['before: silver silver', 'within the step: silver', 'then: gold 2']);
    const answers = told.filter((line) => /name:"(cancel|error)/.test(line));
    expect(answers).to.have.lengthOf(2);
    expect(answers[0]).to.match(/name:"cancel.successful".*data:\{sendid:"send.2"\}/);
    expect(answers[1]).to.match(/name:"error.notallowed".*data:\{sendid:"send.2"\}/);
  });

  it('6. a consultation attaches the call that it is about, and begins a second later', async () => {
    const taken = events(await seen('consult'), 'S2');
    const attached = taken.find(({ name }) => name === 'interaction.attach.done');
    const started = taken.find(({ name }) => name === 'application.start');
    expect((started?.at ?? NaN) - (attached?.at ?? NaN)).to.equal(1);
  });

  it('7. of several transitions of one event the first whose condition holds is taken', async () => {
    const trace = await seen('branch');
    expect([logs(trace), logs(trace, 'S2')]).to.deep.equal([['middle: 50 default'], ['small: 5 given']]);
  });

  it('8. a parallel block is done when every region is, and its transition stands inside of it', async () => {
    const trace = await seen('parallel-block');
    const [quick = '', both = '', after = ''] = logs(trace);
    expect(quick).to.equal('the quick leg of Workflow is over');
    expect(both).to.match(/name:"done.state.Workflow.Both"/);
    expect(after).to.equal('after both');
    expect(trace.at(-1)).to.match(/^5 S1/);
  });

  it('9. an exit decides without an event, and terminates only what is no voice call', async () => {
    const trace = await seen('exit');
    expect(logs(trace)).to.deep.equal(['voice: false']);
    expect(logs(trace, 'S2')).to.deep.equal(['voice: true']);
    expect(names(events(trace, 'S2'))).to.deep.equal(['start', 'interaction.added']);
    expect(logs(trace, 'S3')).to.deep.equal(['voice: false']);
    expect(names(events(trace, 'S3'))).to.include('interaction.terminate.done');
  });

  it('10. a delay may be a plain variable', async () => {
    const trace = await seen('suspend-for-event');
    expect(events(trace, 'S2').at(-1)).to.deep.include({ name: 'delay', at: 21.5 });
  });
});
