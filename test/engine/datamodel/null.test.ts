/** SCXML B.1 */
import { expect } from 'chai';
import type { ChunkKind, Scope } from '../../../engine/datamodel/datamodel.js';
import { nullDatamodel } from '../../../engine/datamodel/null.js';
import { at, failureOf, system } from './guest.js';

describe('the null datamodel', () => {
  for (const text of ["In('s1')", 'In("s1")', "  In ( 's1' )\n"]) {
    it(`answers ${JSON.stringify(text)} by the states that are active`, () => {
      const builder = nullDatamodel.builder();
      const chunk = builder.add('condition', text, at);
      const program = builder.build();
      const scope = program.open(system);
      expect(builder.problems).to.deep.equal([]);
      expect(program.usesIn).to.equal(true);
      expect(scope.condition(chunk)).to.equal(false);
      scope.entered('s1');
      expect(scope.condition(chunk)).to.equal(true);
      expect(program.restore(JSON.parse(scope.save()) as never, system).condition(chunk)).to.equal(true);
      scope.exited('s1');
      expect(scope.condition(chunk)).to.equal(false);
    });
  }

  for (const text of ['true', "!In('a')", "In('a') && In('b')", 'In(a)', "In('a", `In('a")`, "In('a');x", '']) {
    it(`refuses the condition ${JSON.stringify(text)}`, () => {
      const builder = nullDatamodel.builder();
      const chunk = builder.add('condition', text, { line: 3, column: 4 });
      expect(builder.add('condition', text, at)).to.equal(chunk);
      expect(builder.problems.map(({ at }) => at)).to.deep.equal([{ line: 3, column: 4 }]);
      const program = builder.build();
      expect(program.usesIn).to.equal(false);
      expect(failureOf(() => program.open(system).condition(chunk))).to.include('only condition');
    });
  }

  for (const kind of ['value', 'location', 'script'] satisfies ChunkKind[]) {
    it(`has no ${kind} sources`, () => {
      const builder = nullDatamodel.builder();
      builder.add(kind, "In('a')", at);
      expect(builder.problems[0]?.message).to.include(`no ${kind} expressions`);
    });
  }

  const work: Readonly<Record<string, (scope: Scope) => unknown>> = {
    value: (scope) => scope.value(0),
    run: (scope) => scope.run(0),
    assign: (scope) => scope.assign(0, 0),
    assignData: (scope) => scope.assignData(0, 1),
    declare: (scope) => scope.declare('a'),
    define: (scope) => scope.define('a', 0),
    defineData: (scope) => scope.defineData('a', 1),
    foreach: (scope) => scope.foreach(0, 'a', undefined, () => true),
    condition: (scope) => scope.condition(0),
  };
  for (const [name, run] of Object.entries(work)) {
    it(`${name} is an error of execution`, () => {
      expect(failureOf(() => run(nullDatamodel.builder().build().open(system)))).to.match(/no data|no source/);
    });
  }

  it('has no variables', () => {
    expect(nullDatamodel.builder().build().open(system).variables()).to.deep.equal({});
  });
});
