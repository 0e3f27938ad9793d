/**
 * The statistic module: `subscribe` and `unsubscribe`, and `_genesys.statistic` (`../model/statistic.ts`). Which objects and statistics there
 * are is routing's (`../../routing/statistics.ts`); `statistic/subscriptions.ts` has who is subscribed to what.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import { asText } from '../arguments.js';
import { statisticModel, statisticModelTable } from '../model/statistic.js';
import { Subscriptions, type Subject, type SubscriptionServices } from './statistic/subscriptions.js';

const attributes = { object: 'value', statistic: 'value' } as const;
const required = ['object', 'statistic'] as const;
const failed = ['requestid', 'error', 'description'] as const;

export const statisticTable = {
  namespace: 'www.genesyslab.com/modules/statistic',
  actions: {
    /** `object`: `Sales@StatServer.GA`, or the name of a virtual queue. Lasts until it is unsubscribed, or the session ends. */
    subscribe: { attributes, required },
    unsubscribe: { attributes, required },
  },
  events: {
    'statistic.subscribe.done': ['requestid'],
    'error.statistic.subscribe': failed,
    'statistic.unsubscribe.done': ['requestid'],
    'error.statistic.unsubscribe': failed,
    /** `object` and `statistic` as they were subscribed to. */
    'statistic.update': ['object', 'statistic', 'value'],
  },
  errors: {
    'error.statistic.subscribe': ['Request Invalid', 'Subscription Already Active'],
    'error.statistic.unsubscribe': ['Request Invalid'],
  },
  model: statisticModelTable,
} as const satisfies ModuleTable;

export interface StatisticModule extends Module {
  /** Nothing is looked at any more. */
  readonly stop: () => void;
}

export const statisticModule = (services: Omit<SubscriptionServices, 'changed'>): StatisticModule => {
  const { router, clock } = services;
  const model = statisticModel({ router, clock, subscribed: () => subscriptions.objects() });
  const subscriptions = new Subscriptions({
    ...services,
    changed: () => {
      model.refresh();
    },
  });
  const subjectOf = (effect: ModuleEffect): Subject | string => {
    const [object, statistic] = [asText(effect.attributes['object']), asText(effect.attributes['statistic'])];
    if (object === undefined || statistic === undefined) return 'object and statistic are texts, none of them empty';
    return router.statisticProblem(object, statistic) ?? { object, statistic };
  };
  const refuse = ({ name, requestid }: ModuleEffect, context: ActionContext, error: string, description: string) =>
    context.finish(`error.statistic.${name}`, { requestid, error, description });

  const subscribe = async (effect: ModuleEffect, context: ActionContext): Promise<void> => {
    const subject = subjectOf(effect);
    if (typeof subject === 'string') refuse(effect, context, 'Request Invalid', subject);
    else if (!(await subscriptions.add(subject, effect.requestid, context)))
      refuse(effect, context, 'Subscription Already Active', `the session has ${told(subject)} already`);
  };
  const unsubscribe = (effect: ModuleEffect, context: ActionContext): void => {
    const subject = subjectOf(effect);
    if (typeof subject === 'string') refuse(effect, context, 'Request Invalid', subject);
    // What was unsubscribed before is gone when it is unsubscribed again.
    else if (subscriptions.remove(subject, context.sessionid) || context.again)
      context.finish('statistic.unsubscribe.done', { requestid: effect.requestid });
    else refuse(effect, context, 'Request Invalid', `the session is not subscribed to ${told(subject)}`);
  };

  return {
    ...statisticTable,
    model,
    actions: {
      subscribe: {
        ...statisticTable.actions.subscribe,
        error: 'error.statistic.subscribe',
        lasting: true,
        perform: subscribe,
      },
      unsubscribe: {
        ...statisticTable.actions.unsubscribe,
        error: 'error.statistic.unsubscribe',
        perform: unsubscribe,
      },
    },
    ended: (sessionid) => {
      subscriptions.endOf(sessionid);
    },
    stop: () => {
      subscriptions.stop();
    },
  };
};

const told = ({ object, statistic }: Subject): string => `${statistic} of "${object}"`;
