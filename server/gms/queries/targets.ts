/** Services that a query names: by their names, or those of their groups (`_service_groups`). Pure. */
import { listOf } from '../request.js';
import { configuredText, serviceNamed, type Service, type Services } from '../services.js';

/** One text or several, each a list with commas; all services when there is none. Throws BAD_CONFIGURATION for one that is not there. */
export const targetsOf = (services: Services, given: unknown): readonly string[] => {
  const named = [given].flat().flatMap((text) => (typeof text === 'string' ? listOf(text) : []));
  if (named.length === 0) return [...services.keys()];
  return [...new Set(named.flatMap((name) => membersOf(services, name)))];
};

const membersOf = (services: Services, name: string): readonly string[] => {
  const members = [...services.values()].filter((service) => groupsOf(service).includes(name));
  if (services.has(name) || members.length === 0) return [serviceNamed(services, name).name];
  return members.map((service) => service.name);
};

const groupsOf = (service: Service): readonly string[] => listOf(configuredText(service, '_service_groups'));
