/** The contract of both kernels: a suite that is written once and run on each. */
import type { Datamodel } from '../../../engine/datamodel/datamodel.js';
import type { EcmascriptOptions } from '../../../engine/datamodel/ecmascript/datamodel.js';
import { ecmascript } from '../../../engine/datamodel/ecmascript/index.js';
import { isolatedKernel } from '../../../engine/datamodel/ecmascript/isolated/kernel.js';
import { Guest, parseXml, system, type Texts } from './guest.js';

type Make = (options?: Partial<Omit<EcmascriptOptions, 'parseXml'>>) => Datamodel;

interface TestKernel {
  readonly name: string;
  readonly ecmascript: Make;
  readonly Guest: new (texts: Texts, datamodel?: Datamodel, seed?: number) => Guest;
  /** Runs a script and answers the value of an expression after it. */
  readonly after: (script: string, expression: string) => unknown;
}

const kernelOf = (name: string, ecmascript: Make): TestKernel => {
  class KernelGuest extends Guest {
    constructor(texts: Texts, datamodel = ecmascript(), seed = system.seed) {
      super(texts, datamodel, seed);
    }
  }
  return {
    name,
    ecmascript,
    Guest: KernelGuest,
    after(script, expression) {
      const guest = new KernelGuest({ scripts: [script], values: [expression] });
      guest.run(script);
      return guest.value(expression);
    },
  };
};

/** One sandbox for all suites, as for all documents of one author. */
const quiet = await isolatedKernel();
/** For what is hostile: with a clock. */
export const sandbox = await isolatedKernel({ elapsed: () => performance.now() });

export const trusted = kernelOf('trusted', (options) => ecmascript({ parseXml, ...options }));
export const isolated = kernelOf('isolated', (options) => quiet.datamodel('tests', { parseXml, ...options }));
export const clocked = kernelOf('isolated', (options) => sandbox.datamodel('tests', { parseXml, ...options }));

export const onBothKernels = (what: string, suite: (kernel: TestKernel) => void, other = isolated): void => {
  for (const kernel of [trusted, other]) {
    describe(`${what} (${kernel.name} kernel)`, () => {
      suite(kernel);
    });
  }
};
