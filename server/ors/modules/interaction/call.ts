/** Actions that are one operation on a call of the session: `accept`, `hold`, `retrieve`, `terminate`. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import { onCall, refusal } from './services.js';

/** The networks that there are act on whole calls: a `resource`, which is one party of it, is refused. */
const wholeCall = ({ attributes, name }: ModuleEffect) =>
  attributes['resource'] === undefined
    ? undefined
    : refusal('unsupported', `the network cannot ${name} one party of a call: leave resource out`);

/** A call that waits at a route point is the session's already: what remains is whether it is still there. */
export const accept = onCall({
  done: 'interaction.accept.done',
  error: 'error.interaction.accept',
  run: (ixn, effect, { voice }) =>
    wholeCall(effect) ?? (voice.call(ixn) ? { ok: true } : refusal('gone', `interaction "${ixn}" is over`)),
});

/** Done again, it may find what it has done. */
export const hold = onCall({
  done: 'voice.hold.done',
  error: 'error.voice.hold',
  after: 'held',
  run: (ixn, _, { voice }) => voice.hold(ixn),
});

export const retrieve = onCall({
  done: 'voice.retrieve.done',
  error: 'error.voice.retrieve',
  after: 'not-held',
  run: (ixn, _, { voice }) => voice.retrieve(ixn),
});

export const terminate = onCall({
  done: 'interaction.terminate.done',
  error: 'error.interaction.terminate',
  after: 'gone',
  run: (ixn, effect, { voice }) => wholeCall(effect) ?? voice.release(ixn),
});
