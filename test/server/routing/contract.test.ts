import { routing } from '../../../server/routing/routing.js';
import { clusterContract } from '../../contracts/router-cluster.js';
import type { MakeRouter } from '../../contracts/router-open.js';
import { routerPlacesContract } from '../../contracts/router-places.js';
import { routerContract } from '../../contracts/router.js';
import { SharedReservations } from '../../support/routing/reservations.js';

describe('router contract: a router', () => {
  routerContract((agents, clock) => routing({ agents, clock }));
  routerPlacesContract((agents, clock) => routing({ agents, clock }));
});

describe('router contract: a router of a cluster', () => {
  const make: MakeRouter = (agents, clock) => {
    const cluster = new SharedReservations(() => clock.now());
    // the other one has nothing to do
    routing({ agents, clock, cluster }).start(() => undefined);
    return routing({ agents, clock, cluster });
  };
  routerContract(make);
  routerPlacesContract(make);
});

describe('router contract: two routers of a cluster before one floor', () =>
  clusterContract((agents, clock) => {
    const cluster = new SharedReservations(() => clock.now());
    return [routing({ agents, clock, cluster }), routing({ agents, clock, cluster })];
  }));
