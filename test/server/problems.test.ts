import { expect } from 'chai';
import { DocumentError } from '../../engine/position.js';
import { bodyProblem, codes, documentProblem, problem, type Code, type Problem } from '../../server/problems.js';

const ID = '004BUJ1C0KBHF8NIG7HNK2LAES000008';

/** Each code with facts, the status it has always had, and what its message must say. */
const cases: Record<Code, [made: Problem, status: number, says: RegExp]> = {
  SESSION_ID_INVALID: [problem('SESSION_ID_INVALID', 'x'), 400, /"x".*32 characters/],
  SESSION_NOT_FOUND: [problem('SESSION_NOT_FOUND', ID), 404, /no session 004BUJ.*session\/start/],
  SESSION_OVER: [problem('SESSION_OVER', ID), 409, /004BUJ.* has ended.*query still answers/],
  SESSION_SCHEDULED: [problem('SESSION_SCHEDULED', ID, '2030'), 409, /004BUJ.* before 2030.*terminate takes it back/],
  SESSION_ELSEWHERE: [problem('SESSION_ELSEWHERE', ID, 'http://b'), 307, /004BUJ.* ask http:\/\/b/],
  SESSION_FAILED: [problem('SESSION_FAILED', ID, 'too many microsteps'), 500, /004BUJ.*too many microsteps/],
  SESSION_NOT_SHOWN: [problem('SESSION_NOT_SHOWN', ID, 'it contains itself'), 422, /004BUJ.*shown: it contains itself/],
  SESSION_NOT_SAVED: [problem('SESSION_NOT_SAVED', ID), 503, /004BUJ.*could not be saved.*start another/],
  STORE_UNAVAILABLE: [problem('STORE_UNAVAILABLE', 'disk full'), 503, /disk full.*try again/],
  IDEMPOTENCY_KEY_REUSED: [problem('IDEMPOTENCY_KEY_REUSED', 'k'), 422, /"k" came before.*new key/],
  IDEMPOTENCY_KEY_INVALID: [problem('IDEMPOTENCY_KEY_INVALID'), 400, /1 to 255/],
  EVENT_NAME_INVALID: [problem('EVENT_NAME_INVALID', 'a b'), 400, /"a b".*letters/],
  REQUEST_TIMEOUT: [problem('REQUEST_TIMEOUT', 'ask', 30_000), 504, /"ask" within 30000 ms.*ws:response/],
  PARAMETER_MISSING: [problem('PARAMETER_MISSING', 'src', 'the document'), 400, /"src" is missing/],
  PARAMETER_INVALID: [problem('PARAMETER_INVALID', 'limit', 'a number'), 400, /"limit" must be a number/],
  BODY_MALFORMED: [problem('BODY_MALFORMED', 'why'), 400, /why/],
  BODY_TOO_LARGE: [problem('BODY_TOO_LARGE', 10), 413, /10 bytes.*RINGBACK_BODY_LIMIT/],
  LENGTH_REQUIRED: [problem('LENGTH_REQUIRED'), 411, /Content-Length/],
  CONTENT_TYPE_UNSUPPORTED: [problem('CONTENT_TYPE_UNSUPPORTED', 'a/b'), 415, /"a\/b".*application\/json/],
  DOCUMENT_INVALID: [problem('DOCUMENT_INVALID', 'x.scxml', 2, 'first'), 400, /x\.scxml.*2 problems.*first/],
  DOCUMENT_SOURCE_INVALID: [problem('DOCUMENT_SOURCE_INVALID', 'ftp:x'), 400, /"ftp:x".*strategy/],
  DOCUMENT_NOT_ALLOWED: [problem('DOCUMENT_NOT_ALLOWED', 'u', 'host h', 'VAR'), 403, /host h.*adds it to VAR/],
  DOCUMENT_NOT_TRUSTED: [problem('DOCUMENT_NOT_TRUSTED', 'u'), 403, /lists it.*RINGBACK_TRUSTED/],
  DOCUMENT_ELSEWHERE: [problem('DOCUMENT_ELSEWHERE', 'u', 'http://o'), 403, /u redirects to http:\/\/o.*name/],
  DOCUMENT_NOT_FOUND: [problem('DOCUMENT_NOT_FOUND', 'u'), 404, /u does not exist/],
  DOCUMENT_TOO_LARGE: [problem('DOCUMENT_TOO_LARGE', 'u', 8), 400, /more than 8 bytes/],
  DOCUMENT_QUARANTINED: [
    problem('DOCUMENT_QUARANTINED', 'u', 8, 600),
    503,
    /u starts no sessions for 600 s: 8 times.*mend it/,
  ],
  DOCUMENT_UNREACHABLE: [
    problem('DOCUMENT_UNREACHABLE', 'u', 'ECONNREFUSED'),
    502,
    /u cannot be fetched.*ECONNREFUSED/,
  ],
  PEER_UNKNOWN: [problem('PEER_UNKNOWN'), 403, /RINGBACK_PEERS of both.*RINGBACK_PEER_TOKEN/],
  EXECUTION_NOT_FOUND: [problem('EXECUTION_NOT_FOUND', '1-a'), 404, /callback 1-a/],
  EXECUTION_OVER: [problem('EXECUTION_OVER', '1-a'), 409, /callback 1-a.*cancel this/],
  ADMIN_CLOSED: [problem('ADMIN_CLOSED'), 403, /set RINGBACK_ADMIN_TOKEN.*16 characters/],
  USER_UNKNOWN: [problem('USER_UNKNOWN'), 401, /name or password is wrong.*"ringback user"/],
  USER_LOCKED: [problem('USER_LOCKED', 300), 429, /try again in 300 s/],
  USER_NOT_ALLOWED: [problem('USER_NOT_ALLOWED', 'eve', 'change'), 403, /"eve" do not allow to change/],
  USERS_UNREADABLE: [problem('USERS_UNREADABLE'), 503, /users\.json/],
  ADMIN_TOKEN_INVALID: [problem('ADMIN_TOKEN_INVALID'), 401, /Authorization: Bearer/],
  SERVICE_NOT_FOUND: [problem('SERVICE_NOT_FOUND', 's'), 404, /no service s.*ringback\/services/],
  SERVICE_EXISTS: [problem('SERVICE_EXISTS', 's'), 409, /service s: PUT or PATCH/],
  SERVICE_IN_USE: [problem('SERVICE_IN_USE', 's', 3), 409, /s has 3 callbacks.*force=true/],
  CONFIGURATION_INVALID: [problem('CONFIGURATION_INVALID', 2, 'first'), 400, /2 mistakes: first/],
  CALL_NOT_IN_QUEUE: [problem('CALL_NOT_IN_QUEUE', 'c', 'VQ'), 404, /"c".*"VQ".*ask for max/],
  TOO_MANY_REQUESTS: [problem('TOO_MANY_REQUESTS', 6, 10), 429, /6 times a minute: ask again in 10 s/],
  AGENTS_CLOSED: [problem('AGENTS_CLOSED'), 403, /RINGBACK_AGENT_TOKENS.*agent=token/],
  AGENT_TOKEN_INVALID: [problem('AGENT_TOKEN_INVALID'), 401, /Authorization: Bearer/],
  AGENT_NOT_FOUND: [problem('AGENT_NOT_FOUND', 'a'), 404, /no agent "a".*operator/],
  AGENT_LOGGED_OUT: [problem('AGENT_LOGGED_OUT', 'a'), 409, /"a" is logged out: log in first/],
  AGENT_CALL_NOT_FOUND: [problem('AGENT_CALL_NOT_FOUND', 'a', 'c'), 404, /"a" has no call c/],
  AGENT_CALL_REFUSED: [problem('AGENT_CALL_REFUSED', 'hold', 'why'), 409, /hold was refused: why/],
  AGENT_EVENTS_INVALID: [problem('AGENT_EVENTS_INVALID', 'why'), 400, /why/],
  AGENT_ORIGIN_REFUSED: [problem('AGENT_ORIGIN_REFUSED'), 403, /adds it to RINGBACK_AGENT_ORIGINS/],
  DEAD_LETTER_NOT_FOUND: [problem('DEAD_LETTER_NOT_FOUND', '7'), 404, /no dead letter 7.*dead-letters lists/],
  LIST_ITEM_NOT_FOUND: [problem('LIST_ITEM_NOT_FOUND', 'a/b/c'), 404, /no a\/b\/c .*ringback\/lists/],
  PATH_MALFORMED: [problem('PATH_MALFORMED', '/%zz'), 400, /%zz.*%25/],
  NOT_FOUND: [problem('NOT_FOUND', 'GET', '/x', 'GET /y'), 404, /GET \/x; there is GET \/y/],
  METHOD_NOT_ALLOWED: [problem('METHOD_NOT_ALLOWED', 'PUT', 'POST'), 405, /PUT.*use POST/],
  STORE_FAILING: [problem('STORE_FAILING', 'database or disk is full'), 503, /disk is full.*operator/],
  NOT_READY: [problem('NOT_READY'), 503, /try again/],
  INTERNAL: [problem('INTERNAL'), 500, /log/],
};

describe('problems', () => {
  for (const [code, [made, status, says]] of Object.entries(cases)) {
    it(`${code} is ${status} and says what to do`, () => {
      expect(made).to.be.an.instanceOf(Error);
      expect(made.toJSON()).to.deep.equal({ code, message: made.message });
      expect(made.status).to.equal(status);
      expect(made.message).to.match(says);
    });
  }

  it('are all in this table', () => {
    expect(Object.keys(cases)).to.have.members([...codes]);
  });

  it('of a document carry every place', () => {
    const error = new DocumentError(
      [
        { severity: 'error', at: { line: 2, column: 3 }, message: 'one' },
        { severity: 'warning', at: { line: 4, column: 5 }, message: 'two' },
      ],
      'x.scxml',
    );
    expect(documentProblem(error).toJSON()).to.deep.equal({
      code: 'DOCUMENT_INVALID',
      message: problem('DOCUMENT_INVALID', 'x.scxml', 2, 'x.scxml:2:3: one').message,
      details: [
        { message: 'one', line: 2, column: 3 },
        { message: 'two', line: 4, column: 5 },
      ],
    });
  });

  it('of a body carry the place', () => {
    const { status, details } = bodyProblem('it ends', { message: 'it ends', line: 1, column: 7 });
    expect(status).to.equal(400);
    expect(details).to.deep.equal([{ message: 'it ends', line: 1, column: 7 }]);
  });
});
