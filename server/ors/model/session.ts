/**
 * `_genesys.session`: the tenant, this server, the calendar and what is configured. `session/library.ts` has the functions that answer
 * at once, `../tenants.ts` the configuration.
 *
 * 1. `setTenant` stays in the outbox as long as its session lives, so the next process knows it again before the session steps.
 */
import type { Data } from '../../../engine/event.js';
import type { ActionContext } from '../../host/action.js';
import type { Model, ModelTable } from '../../host/model.js';
import { fromData } from '../../../engine/datamodel/data.js';
import type { ModuleEffect } from '../../../engine/effect.js';
import { defaultTenants, type Tenant, type Tenants } from '../tenants.js';
import { sessionLibrary } from './session/library.js';
import { zonesOf, type Offsets } from './session/zones.js';

export const sessionModelTable = {
  root: 'session',
  functions: { setTenant: { attributes: {} } },
  library: sessionLibrary(defaultTenants),
} as const satisfies ModelTable;

export interface SessionModelServices {
  readonly tenants: Tenants;
  /** Those that have been changed since; another object after each change. */
  readonly lists?: () => Tenant['lists'];
  readonly now: () => number;
  /** How this server is reached, and what it is called. */
  readonly server: () => { readonly url: string; readonly name: string; readonly cluster: string };
}

export interface SessionModel extends Model {
  /** The session is over. */
  readonly forget: (sessionid: string) => void;
}

const unchanged: Tenant['lists'] = {};

type View = Readonly<Record<string, Data>>;

export const sessionModel = ({ tenants, lists = () => unchanged, now, server }: SessionModelServices): SessionModel => {
  const [first] = tenants;
  /** By session, if it is not the first; and the action that set it. 1 */
  const chosen = new Map<string, { readonly tenant: Tenant; readonly context: ActionContext }>();
  const zones = new Map(tenants.map((tenant) => [tenant, zonesOf(tenant)]));
  const shown = new Map<
    Tenant,
    { readonly offsets: Offsets; readonly lists: Tenant['lists']; readonly url: string; readonly view: View }
  >();

  const forget = (sessionid: string): void => {
    chosen.get(sessionid)?.context.end();
    chosen.delete(sessionid);
  };

  const setTenant = ({ attributes, requestid }: ModuleEffect, context: ActionContext): void => {
    const [name] = fromData(attributes['args']) as readonly unknown[];
    const tenant = tenants.find((one) => one.name === name);
    if (!tenant) {
      const description = `there is no tenant "${String(name)}", but ${tenants.map((one) => one.name).join(', ')}`;
      context.finish('error.session.settenant', { requestid, error: 'unknown', description });
      return;
    }
    forget(context.sessionid);
    chosen.set(context.sessionid, { tenant, context });
  };

  return {
    ...sessionModelTable,
    library: sessionLibrary(tenants),
    view(sessionid) {
      const tenant = chosen.get(sessionid)?.tenant ?? first;
      const offsets = zones.get(tenant)?.(now()) ?? {};
      const { url, name, cluster } = server();
      const before = shown.get(tenant);
      const changed = lists();
      if (before?.offsets === offsets && before.url === url && before.lists === changed) return before.view;
      const view = {
        tenant: tenant.name,
        tenantid: tenant.id,
        server: { url, name, cluster },
        zones: offsets,
        ...(changed !== unchanged && { changed }),
      };
      shown.set(tenant, { offsets, lists: changed, url, view });
      return view;
    },
    functions: {
      setTenant: {
        ...sessionModelTable.functions.setTenant,
        error: 'error.session.settenant',
        lasting: true,
        perform: setTenant,
      },
    },
    forget,
  };
};
