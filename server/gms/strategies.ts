/** Which strategy a callback is executed by: `strategy` of its template, or the first of `strategies` whose options it has. Pure. */

export interface StrategyCase {
  /** Values by option; all must be so. */
  readonly when: Readonly<Record<string, unknown>>;
  /** As `strategy` of the template. */
  readonly strategy: string;
}

interface Strategies {
  readonly strategy: string;
  readonly strategies?: readonly StrategyCase[];
}

/** `options`: as the session gets them. */
export const strategyOf = (
  { strategy, strategies = [] }: Strategies,
  options: Readonly<Record<string, unknown>>,
): string =>
  strategies.find(({ when }) => Object.entries(when).every(([name, value]) => options[name] === value))?.strategy ??
  strategy;

/** What is wrong with `strategies` of a template. `allows`: whether an option may have a value. */
export const mistakesInStrategies = (
  given: unknown,
  allows: (name: string, value: unknown) => boolean,
): readonly string[] => {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return ['strategies: must be a list of {"when": {option: value}, "strategy": name}'];
  return (given as readonly unknown[]).flatMap((one, index) => {
    const { when, strategy, ...rest } = (typeof one === 'object' && one !== null ? one : {}) as Partial<StrategyCase>;
    const where = `strategies ${index + 1}`;
    const unfit = Object.entries(when ?? {}).filter(([name, value]) => !allows(name, value));
    return [
      ...(typeof strategy === 'string' && strategy !== '' ? [] : [`${where}: strategy: must be a text`]),
      ...(Object.keys(when ?? {}).length > 0 ? [] : [`${where}: when: must have an option at least`]),
      ...unfit.map(([name, value]) => `${where}: when: ${name} is no option that may be ${JSON.stringify(value)}`),
      ...Object.keys(rest).map((field) => `${where}: ${field}: only when and strategy are known here`),
    ];
  });
};
