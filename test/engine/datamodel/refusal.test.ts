/** Sources that are refused: a problem at its place for `check`, an ExpressionError whenever they are run (SCXML 5.9). */
import { expect } from 'chai';
import type { ChunkKind } from '../../../engine/datamodel/datamodel.js';
import { failureOf, system } from './guest.js';
import { onBothKernels } from './kernels.js';

const rows: readonly (readonly [kind: ChunkKind, text: string, at: string, message: RegExp])[] = [
  ['value', 'a +', '10:24', /Unexpected token/],
  ['value', '', '10:21', /Unexpected token/],
  ['value', 'a) + (b', '10:22', /Unexpected token/],
  ['value', 'a; b', '10:24', /Unexpected token/],
  ['value', 'var a = 1', '10:21', /Unexpected token/],
  ['script', 'var a;\n  var = 1', '11:7', /Unexpected token/],
  ['script', 'return 1', '10:21', /'return' outside of function/],
  ['script', 'var a = import("fs")', '10:29', /import\(\)/],
  ['script', 'import fs from "fs"', '10:21', /import/],
  ['script', 'export var a = 1', '10:21', /export/],
  ['value', 'import.meta', '10:21', /import\.meta/],
  ['script', 'async function f() {}', '10:21', /async functions/],
  ['value', 'async () => 1', '10:21', /async functions/],
  ['script', 'await f()', '10:27', /Unexpected token/],
  ['script', 'with (a) b', '10:21', /'with' in strict mode/],
  ['value', 'eval("1")', '10:21', /eval is reserved/],
  ['value', '(0, ev\\u0061l)("1")', '10:25', /eval is reserved/],
  ['script', 'debugger', '10:21', /debugger/],
  ['script', 'var a = 1; delete a', '10:32', /Deleting local variable/],
  ['script', 'delete (a)', '10:21', /Deleting local variable/],
  ['script', 'class A { static { } }', '10:31', /static blocks/],
  ['value', '010', '10:21', /Invalid number|Octal/i],
  ['value', '$', '10:21', /the name \$ is reserved/],
  ['value', '$k.n', '10:21', /the name \$k is reserved/],
  ['script', 'var $k = 1', '10:25', /the name \$k is reserved/],
  ['script', 'var \\u0024k = 1', '10:25', /the name \$k is reserved/],
  ['value', '($) => 1', '10:22', /the name \$ is reserved/],
  ['value', '({ $k })', '10:24', /the name \$k is reserved/],
  ['value', '({ a: [$k] } = {})', '10:28', /the name \$k is reserved/],
  ['script', 'try {} catch ($) {}', '10:35', /the name \$ is reserved/],
  ['script', 'function $k() {}', '10:30', /the name \$k is reserved/],
  ['value', 'class $ {}', '10:27', /the name \$ is reserved/],
  ['value', 'typeof $', '10:28', /the name \$ is reserved/],
  ['script', 'for (const $ of []) ;', '10:32', /the name \$ is reserved/],
  ['script', '_event = 1', '10:21', /_event is read-only/],
  ['script', '_sessionid += 1', '10:21', /_sessionid is read-only/],
  ['script', '_name++', '10:21', /_name is read-only/],
  ['script', 'var _ioprocessors', '10:25', /_ioprocessors is read-only/],
  ['script', '[_x] = [1]', '10:22', /_x is read-only/],
  ['script', '({ a: { ...In } } = {})', '10:32', /In is read-only/],
  ['script', 'function In() {}', '10:30', /In is read-only/],
  ['script', 'function f(_event) {}', '10:32', /_event is read-only/],
  ['script', 'for (_name in {}) ;', '10:26', /_name is read-only/],
  ['script', 'for (var _name of []) ;', '10:30', /_name is read-only/],
  ['location', '_x', '10:21', /_x is read-only/],
  ['location', 'f()', '10:21', /a location is/],
  ['location', 'a?.b', '10:21', /a location is/],
  ['location', 'a = b', '10:21', /a location is/],
  ['location', '', '10:21', /Unexpected token/],
];

onBothKernels('a refused source', ({ ecmascript }) => {
  for (const [kind, text, place, message] of rows) {
    it(`${kind} ${JSON.stringify(text)} at ${place}`, () => {
      const builder = ecmascript().builder();
      const chunk = builder.add(kind, text, { line: 10, column: 21 });
      const one = builder.add('value', '1', { line: 1, column: 1 });
      const [problem, ...more] = builder.problems;
      expect(more).to.deep.equal([]);
      expect(problem?.message).to.match(message);
      expect(`${problem?.at.line}:${problem?.at.column}`).to.equal(place);
      const scope = builder.build().open(system);
      const run = {
        value: () => scope.value(chunk),
        condition: () => scope.condition(chunk),
        script: () => scope.run(chunk),
      };
      const work = kind === 'location' ? () => scope.assign(chunk, one) : run[kind];
      expect(failureOf(work)).to.equal(problem?.message);
    });
  }

  it('names of properties are free', () => {
    const builder = ecmascript().builder();
    builder.add('value', '[a.$, a.$k, { $: 1, eval: 2, _event: 3 }, a.eval, a.In]', { line: 1, column: 1 });
    expect(builder.problems).to.deep.equal([]);
  });
});
