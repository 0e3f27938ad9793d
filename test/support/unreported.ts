/** The services of the callback module where nobody listens: no desktop takes an event, nothing told is kept. */
import type { CallbackServices } from '../../server/ors/modules/callback.js';

export const unreported: CallbackServices = {
  voice: {
    userEvent: async () => ({ ok: true }),
    notReady: async () => ({ ok: true }),
    updateUserData: async () => ({ ok: true }),
  },
  reporting: { tell: async () => undefined },
};
