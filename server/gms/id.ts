/** Ids of callbacks as in the guide, `369-f5d50ce1-488e-4db1-a472-8c1560b621b6`: the number of the node, and a UUID. */
import { randomUUID } from 'node:crypto';

export const callbackIds = (node: number) => (): string => `${node}-${randomUUID()}`;
