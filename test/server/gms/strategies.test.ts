import { expect } from 'chai';
import { mistakesInStrategies, strategyOf } from '../../../server/gms/strategies.js';

describe('the strategy of a callback', () => {
  const template = {
    strategy: 'callback',
    strategies: [
      { when: { _media_type: 'chat' }, strategy: 'chat' },
      { when: { _call_direction: 'USERTERMINATED', _first: 'AGENT' }, strategy: 'agent-first' },
    ],
  };
  const rows: readonly [options: Readonly<Record<string, unknown>>, strategy: string][] = [
    [{ _media_type: 'voice' }, 'callback'],
    [{ _media_type: 'chat', _call_direction: 'USERTERMINATED', _first: 'AGENT' }, 'chat'],
    [{ _call_direction: 'USERTERMINATED', _first: 'AGENT' }, 'agent-first'],
    [{ _call_direction: 'USERTERMINATED' }, 'callback'],
  ];
  for (const [options, strategy] of rows)
    it(`with ${JSON.stringify(options)} is ${strategy}`, () => {
      expect(strategyOf(template, options)).to.equal(strategy);
    });

  it('is the one of the template where there is no other', () => {
    expect(strategyOf({ strategy: 'callback' }, {})).to.equal('callback');
  });
});

describe('strategies of a template', () => {
  const allows = (name: string, value: unknown): boolean => name === '_media_type' && value === 'chat';
  const rows: readonly [given: unknown, mistakes: readonly string[]][] = [
    [undefined, []],
    [[{ when: { _media_type: 'chat' }, strategy: 'chat' }], []],
    [{}, ['strategies: must be a list of {"when": {option: value}, "strategy": name}']],
    [[null], ['strategies 1: strategy: must be a text', 'strategies 1: when: must have an option at least']],
    [
      [{ when: { _media_type: 'fax' }, strategy: 'fax', also: 1 }],
      [
        'strategies 1: when: _media_type is no option that may be "fax"',
        'strategies 1: also: only when and strategy are known here',
      ],
    ],
  ];
  for (const [given, mistakes] of rows)
    it(`${JSON.stringify({ given })} has ${mistakes.length} mistakes`, () => {
      expect(mistakesInStrategies(given, allows)).to.deep.equal(mistakes);
    });
});
