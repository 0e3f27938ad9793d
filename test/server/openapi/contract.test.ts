import { expect } from 'chai';
import { breach, type Answered } from './contract.js';

const ID = '004BUJ1C0KBHF8NIG7HNK2LAES000008';
const ok: Answered = {
  method: 'GET',
  path: `/scxml/session/${ID}/event/e`,
  status: 200,
  type: 'application/json',
  text: '{}',
};

describe('the contract with the description', () => {
  const kept: [title: string, answer: Partial<Answered>][] = [
    ['as described', {}],
    ['below another root, with more slashes', { path: `/genesys/1/ors//scxml/session//${ID}/event/e/?a=1` }],
    ['with a problem of its own', { status: 409, text: '{"code":"SESSION_OVER","message":"m"}' }],
    [
      'of a strategy, which is anything',
      { path: `/scxml/session/${ID}/request/r`, status: 418, type: 'a/b', text: 'x' },
    ],
    ['to what is not there', { path: '/nowhere', status: 404, text: '{"code":"NOT_FOUND"}' }],
  ];
  for (const [title, answer] of kept)
    it(`is kept by an answer ${title}`, () => {
      expect(breach({ ...ok, ...answer })).to.equal(undefined);
    });

  const broken: [title: string, answer: Partial<Answered>, says: RegExp][] = [
    ['with a field more', { text: '{"a":1}' }, /additional properties/],
    ['with a status that is not described', { status: 201 }, /does not have this status/],
    ['of another type', { type: 'text/html' }, /it is to be application\/json/],
    [
      'with the problem of something else',
      { status: 409, text: '{"code":"NOT_FOUND","message":"m"}' },
      /allowed values/,
    ],
    [
      'with a problem that says nothing',
      { status: 409, text: '{"code":"SESSION_OVER"}' },
      /required property 'message'/,
    ],
    [
      'with a body where there is none',
      { method: 'DELETE', path: '/genesys/1/service/callback/s/1-a' },
      /to have no body/,
    ],
    ['from a route that is not described', { path: '/scxml/session/new', status: 200 }, /it is not described/],
    ['of an undescribed method', { method: 'PUT' }, /it is not described/],
  ];
  for (const [title, answer, says] of broken)
    it(`is broken by an answer ${title}`, () => {
      expect(breach({ ...ok, ...answer })).to.match(says);
    });
});
