/** Judges all 200 assertions in every way, prints the result and writes it to README.md: `npm run conformance`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../server/root.js';
import { ways } from '../support/run-document.js';
import { Exchange } from './exchange.js';
import { exceptions, judge } from './judge.js';
import { report, withReport } from './report.js';
import { assertions, type Assertion } from './sections.js';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** In which ways it does not hold, and what is wrong there. */
const failuresOf = async (exchange: Exchange, assertion: Assertion): Promise<readonly string[]> => {
  const failures: string[] = [];
  for (const [name, way] of Object.entries(ways))
    await judge(exchange, way, assertion).catch((error: unknown) => failures.push(`${name}: ${messageOf(error)}`));
  return failures;
};

const exchange = await Exchange.open();
const all = assertions();
const failed = new Map<string, string>();
for (const assertion of all) {
  const failures = await failuresOf(exchange, assertion);
  if (failures.length > 0) failed.set(assertion.id, exceptions[assertion.id] ?? failures.join('; '));
}
exchange.close();

const text = report(all, failed);
const readme = join(packageRoot, 'README.md');
writeFileSync(readme, withReport(readFileSync(readme, 'utf8'), text));
console.log(text);

const surprises = [
  ...[...failed.keys()].filter((id) => !(id in exceptions)).map((id) => `${id} does not hold`),
  ...Object.keys(exceptions)
    .filter((id) => !failed.has(id))
    .map((id) => `${id} holds: it is no exception any more`),
];
for (const surprise of surprises) console.error(surprise);
process.exitCode = surprises.length === 0 ? 0 : 1;
