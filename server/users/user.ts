/**
 * Who works with callbacks beside agents: a name, roles and the services that are shown. The roles are those of the guide, "Setting
 * permissions to Callback Administrators"; `door.ts` asks for them. Pure.
 */
import { listOf } from '../gms/request.js';
import { configuredText, type Service } from '../gms/services.js';

export const roles = ['Administrator', 'Supervisor', 'CallbackReadOnly'] as const;
export type Role = (typeof roles)[number];

export interface User {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Names of services, and of groups of them; none: all are shown. */
  readonly services: readonly string[];
}

/** What can be asked for: to look at callbacks, to change them, and everything else that operators do. */
export type Right = 'see' | 'change' | 'administer';

const rights: Readonly<Record<Role, readonly Right[]>> = {
  Administrator: ['see', 'change', 'administer'],
  Supervisor: ['see', 'change'],
  CallbackReadOnly: ['see'],
};

export const may = ({ roles: own }: User, right: Right): boolean => own.some((role) => rights[role].includes(right));

/** By its name, or one of its `_service_groups`. What is no service any more is shown by its name only. */
export const isShown = ({ services }: User, name: string, service: Service | undefined): boolean => {
  if (services.length === 0) return true;
  const groups = service ? listOf(configuredText(service, '_service_groups')) : [];
  return [name, ...groups].some((one) => services.includes(one));
};

/** Who shows the token of operators. */
export const operator: User = { name: 'operator', roles: ['Administrator'], services: [] };
