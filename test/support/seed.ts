/** The same random cases in every run, so that a red build can be repeated; SEED=n draws others. Loaded by .mocharc.json. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_122) });
