/**
 * `_genesys.ixn`: the interactions of the session by id and by index, user data, call states and media. Parts: `ixn/view.ts` what is
 * shown of one interaction, `ixn/user-data.ts` the functions that change user data, `ixn/library.ts` those that answer at once.
 *
 * 1. What has not changed is the same object as before (`../../host/model.ts`).
 */
import type { Data } from '../../../engine/event.js';
import type { Model, ModelTable } from '../../host/model.js';
import type { InteractionServices } from '../modules/interaction/services.js';
import { library } from './ixn/library.js';
import { deleteUserData, setUserData, userDataErrors } from './ixn/user-data.js';
import { interactionView } from './ixn/view.js';

export const ixnTable = {
  root: 'ixn',
  functions: { setuData: { attributes: {} }, deleteuData: { attributes: {} } },
  library,
} as const satisfies ModelTable;

type View = Readonly<Record<string, Data>>;

const nothing: View = { interactions: {} };

export interface IxnModel extends Model {
  /** The session is over. */
  forget(sessionid: string): void;
}

export const ixnModel = (services: InteractionServices): IxnModel => {
  const { voice, interactions } = services;
  /** 1 */
  const last = new Map<string, { readonly text: string; readonly view: View }>();

  const shownTo = (sessionid: string): View => {
    const shown = interactions.ownedBy(sessionid).flatMap((ixn) => interactionView(ixn, voice) ?? []);
    const [first] = shown;
    if (!first) return nothing;
    const entries = shown.flatMap((one, index) => [[one.g_uid, one] as const, [String(index), one] as const]);
    return { interactions: Object.fromEntries(entries), firstixnid: first.g_uid };
  };

  return {
    ...ixnTable,
    view(sessionid) {
      const view = shownTo(sessionid);
      if (view === nothing) return nothing;
      const text = JSON.stringify(view);
      const before = last.get(sessionid);
      if (before?.text === text) return before.view;
      last.set(sessionid, { text, view });
      return view;
    },
    functions: {
      setuData: {
        ...ixnTable.functions.setuData,
        error: userDataErrors.set,
        perform: (effect, context) => setUserData(effect, context, services),
      },
      deleteuData: {
        ...ixnTable.functions.deleteuData,
        error: userDataErrors.remove,
        perform: (effect, context) => deleteUserData(effect, context, services),
      },
    },
    forget: (sessionid) => void last.delete(sessionid),
  };
};
