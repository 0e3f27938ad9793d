import { expect } from 'chai';
import fc from 'fast-check';
import { createLog, mask } from '../../server/log.js';

describe('mask', () => {
  const cases: [text: string, masked: string][] = [
    ['call +14155552671 now', 'call +*********71 now'],
    ['4155552671', '********71'],
    ['(415) 555-2671', '(***) ***-**71'],
    ['+49 30 123456 and 0171 2345678', '+** ** ****56 and **** *****78'],
    ['/x?_customer_number=%2B14155552671&a=b', '/x?_customer_number=%2B*********71&a=b'],
    ['/x?n=415%20555%202671', '/x?n=***%20***%20**71'],
    ['/x?n=tel:+1-415-555-2671;p=1', '/x?n=tel:+*-***-***-**71;p=1'],
    ['"4155552671"', '"********71"'],
    ['123456', '****56'],
    ['extension 5115', 'extension 5115'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['http://192.168.100.200:8080/', 'http://192.168.100.200:8080/'],
    ['desired_time=2026-11-22T12:00:00.000Z', 'desired_time=2026-11-22T12:00:00.000Z'],
    ['session 004BUJ1C0KBHF8NIG7HNK2LAES000008', 'session 004BUJ1C0KBHF8NIG7HNK2LAES000008'],
    ['/445-36922082-f275-4d44-8200-92bc5c49a965', '/445-36922082-f275-4d44-8200-92bc5c49a965'],
    ['', ''],
  ];
  for (const [text, masked] of cases) {
    it(`makes ${masked || 'nothing'} of ${text || 'nothing'}`, () => {
      expect(mask(text)).to.equal(masked);
    });
  }

  it('leaves no more than two digits of any number of 6 to 15 digits, whatever separates them', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-', '%20', ') '), (number, separator) => {
        const masked = mask(`to "${number.join(separator)}".`).replaceAll('%20', '');
        expect(masked.replace(/\D/g, '')).to.equal(number.slice(-2).join(''));
      }),
    );
  });

  it('takes linear time for a text made to slow it down', () => {
    expect(mask(`${'1-'.repeat(200_000)}A`)).to.have.length(400_001);
  });
});

describe('createLog', () => {
  const written = (use: (log: ReturnType<typeof createLog>) => void) => {
    const lines: string[] = [];
    use(createLog('info', { write: (line) => void lines.push(line) }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('writes JSON lines with level and time, and nothing about the machine', () => {
    const [line] = written((log) => log.info({ n: 1 }, 'said'));
    expect(line).to.have.all.keys('level', 'time', 'n', 'msg').and.include({ level: 'info', n: 1, msg: 'said' });
    expect(line?.['time']).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('masks messages, fields and errors', () => {
    const [line] = written((log) =>
      log.error({ url: '/x?n=4155552671', err: new Error('no 4155552671') }, 'for 4155552671'),
    );
    expect(JSON.stringify(line)).to.not.include('4155552671');
    expect(line).to.include({ url: '/x?n=********71', msg: 'for ********71' });
    expect(line?.['err']).to.include({ type: 'Error', message: 'no ********71' });
  });

  it('writes nothing below its level', () => {
    expect(written((log) => log.debug('x'))).to.be.empty;
  });
});
