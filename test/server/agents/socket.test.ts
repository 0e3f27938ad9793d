import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import type { AgentMessage } from '../../../server/agents/message.js';
import { LIMITS, socketOn, type Line } from '../../../server/agents/socket.js';
import { virtualClock } from '../../../server/clock/virtual.js';

const message: AgentMessage = { at: 'now', type: 'userevent', name: 'n', userData: {}, extensions: {} };

/** A line that notes what is done with it, and whoever is at its other end. */
const openLine = () => {
  const clock = virtualClock();
  const done: string[] = [];
  const wire = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1 as const,
    bufferedAmount: 0,
    send: () => void done.push('send'),
    ping: () => void done.push('ping'),
    close: (code?: number) => void done.push(`close ${code}`),
    terminate() {
      done.push('terminate');
      wire.emit('close');
    },
  });
  let tell: (message: AgentMessage) => void = () => undefined;
  const socket = socketOn(wire as unknown as Line, 'token', {
    clock,
    join: (_token, ear) => {
      tell = ear;
      return () => void done.push('leave');
    },
    closed: () => void done.push('closed'),
  });
  return { clock, done, wire, socket, tell: () => tell(message) };
};

describe('a socket of a desktop', () => {
  it('is asked every half minute whether it lives, as long as it answers', async () => {
    const { clock, done, wire } = openLine();
    while (done.length < 3) {
      await clock.advance(LIMITS.pingMs);
      wire.emit('pong');
    }
    expect(done).to.deep.equal(['ping', 'ping', 'ping']);
    await clock.advance(LIMITS.pingMs);
    await clock.advance(LIMITS.pingMs);
    expect(done.slice(3)).to.deep.equal(['ping', 'terminate', 'leave', 'closed']);
  });

  it('is let go when its desktop does not read, and told nothing more', async () => {
    const { clock, done, wire, tell } = openLine();
    wire.bufferedAmount = LIMITS.unsentBytes;
    tell();
    wire.bufferedAmount += 1;
    tell();
    expect(done).to.deep.equal(['send', 'leave', 'close 1013']);
    await clock.advance(LIMITS.tokenMs);
    expect(done.slice(3)).to.deep.equal(['terminate', 'closed']);
  });

  it('sets no timer any more when it is over', async () => {
    const { clock, done, wire } = openLine();
    wire.emit('error');
    wire.emit('close');
    await clock.advance(10 * LIMITS.pingMs);
    expect(done).to.deep.equal(['leave', 'closed']);
  });
});
