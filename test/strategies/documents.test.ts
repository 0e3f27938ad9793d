import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extension } from '../../engine/document.js';
import { compileText, problemsOf } from '../../engine/index.js';
import { parse } from '../../engine/parse/document.js';
import { moduleTables, platformModels } from '../../server/ors/modules/tables.js';
import { readTemplates } from '../../server/gms/templates.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What a strategy includes. */
const resources = (name: string): string => read(`strategies/${name}`);
/** A strategy with the texts of what it includes. */
const whole = (file: string): string =>
  resources(file).replace(/<xi:include href="([^"]+)"[^>]*\/>/g, (_, part: string) => resources(part));
const parsed = (file: string) => parse(read(`strategies/${file}`), { resources });
const dataOf = (file: string): string[] => parsed(file).data.map(({ id }) => id);

/** Every module action of a document, wherever it stands. */
function* extensionsIn(part: unknown): Generator<Extension> {
  if (typeof part !== 'object' || part === null) return;
  if ((part as { kind?: unknown }).kind === 'extension') yield part as Extension;
  for (const inner of Object.values(part)) yield* extensionsIn(inner);
}

describe('the shipped strategies', () => {
  for (const file of readdirSync(join(root, 'strategies')).filter((name) => name.endsWith('.scxml'))) {
    it(`${file} has no problem at all, not even a warning, and compiles`, () => {
      const text = read(`strategies/${file}`);
      const options = { uri: file, modules: moduleTables, platform: platformModels, resources };
      expect(problemsOf(text, options)).to.deep.equal([]);
      expect(compileText(text, { ...options, trusted: true })).to.be.an('object');
    });
  }

  it('are held to the modules: an action or attribute that the server does not have is a problem', () => {
    const text = read('strategies/callback.scxml').replace('<dialog:playsound requestid', '<dialog:playsound request');
    expect(problemsOf(text, { modules: moduleTables, resources })).to.not.be.empty;
  });
});

describe('the options of the callback template', () => {
  const template = readTemplates(join(root, 'templates')).get('callback');
  const options = new Map([...(template?.options ?? [])].filter(([, { unused }]) => unused === undefined));
  const strategies = ['callback', ...(template?.strategies ?? []).map(({ strategy }) => strategy)];
  const declaredIn = (strategy: string): string[] => dataOf(`${strategy}.scxml`).filter((id) => id.startsWith('_'));
  const declared = [...new Set(strategies.flatMap(declaredIn))];
  /** What a callback brings besides its options: `server/gms/record.ts`. */
  const ofTheRequest = [
    ...['_customer_number', '_service_id', '_service_name', '_user_data', '_desired_time', '_paused'],
    ...['_reporting', '_dial_attempt', '_dial_before', '_restored_age', '_rejected_by'],
  ];

  /** Read by the callback services themselves. */
  const gms = [
    '_type',
    '_service',
    '_ttl',
    '_customer_lookup_keys',
    '_mandatory_customer_lookup_keys',
    '_overwritable_options',
    '_request_execution_time_buffer',
    '_originating_interaction_id',
    '_vq_for_outbound_calls',
    ...['_paused_services_list', '_paused_services_id', '_max_ors_submit_attempts', '_ors', '_ors_lb_strategy'],
    ...['_desired_time', '_request_ewt_service', '_request_queue_time_stat', '_urs_ewt_vq', '_vq', '_redirect'],
    ...['_business_hours_service', '_capacity_service', '_max_request_by_time_bucket', '_request_time_bucket'],
    ...['_reject_future_desired_time', '_reject_past_desired_time', '_enable_reject_out_of_office_hours'],
  ];
  /** Read where it is said who wants status events: `server/reporting/status.ts`. */
  const ofReporting = [
    '_enable_status_notification',
    '_status_notification_type',
    '_status_notification_target',
    '_status_notification_provider',
    '_callback_events_list',
  ];
  /** Reported as it was asked, as all that begins so. */
  const asAsked = ['_cb_dim_channel'];
  /** What a start passes, and which users see the service: `server/gms/guards/`, `server/users/`. */
  const ofGuards = [
    '_default_country',
    '_disallow_impossible_phone_numbers',
    '_disallow_premium_phone_numbers',
    '_fix_plus_on_int_phone_numbers',
    '_exceptions',
    '_service_groups',
    '_enable_in_queue_checking',
    '_max_queued_callbacks_per_service',
    ...['1', '2'].flatMap((window) => [`_throttle_callbacks_per_service_${window}`, `_throttle_ttl_${window}`]),
    '_throttle_request_parameters',
    '_throttle_request_parameters_limit',
    '_enable_throttle_header_parameters',
  ];
  /** Which strategy it is. */
  const selecting = (template?.strategies ?? []).flatMap(({ when }) => Object.keys(when));

  it('include every option that the strategy declares', () => {
    expect(declared.filter((id) => !ofTheRequest.includes(id) && !options.has(id))).to.deep.equal([]);
  });

  it('are used: by the strategies, by the callback services, or to choose the strategy', () => {
    const accounted = [...declared, ...gms, ...ofGuards, ...ofReporting, ...asAsked, ...selecting];
    expect([...options.keys()].filter((name) => !accounted.includes(name))).to.deep.equal([]);
    expect(accounted.filter((name) => !options.has(name) && !ofTheRequest.includes(name))).to.deep.equal([]);
  });

  for (const strategy of strategies)
    it(`are used where they are declared, by ${strategy} and the parts that it includes`, () => {
      const text = whole(`${strategy}.scxml`);
      const uses = (name: string): number => text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
      expect(declaredIn(strategy).filter((name) => uses(name) < 2)).to.deep.equal([]);
    });

  it('are named by the callback services where these read them', () => {
    const text = ['server/gms', 'server/execution']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))),
      )
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    // A key of templates.ts's `needed`, or a text.
    const named = (name: string) => new RegExp(`^  ${name}: '|'${name}'`, 'm').test(text);
    expect(gms.filter((name) => !named(name))).to.deep.equal([]);
  });
});

describe('the on-dial plugin', () => {
  /** The guide, "Invoke your Plugin". */
  const parameters = [
    '_call_state',
    '_interaction_id',
    '_customer_number',
    '_gms_service_id',
    '_ors_service_id',
    '_user_data',
    '_dial_attempt',
    '_ttl',
    '_reply_url',
  ];

  it('is started by the strategy with exactly the parameters of the guide', () => {
    const starts = [...extensionsIn(parsed('callback.scxml'))].filter(
      ({ element: { name, namespace } }) => name === 'start' && namespace.endsWith('/session'),
    );
    const given = starts.map(({ element }) =>
      element.children.flatMap((child) => ('attributes' in child ? [child.attributes['name']?.text] : [])),
    );
    expect(given).to.deep.equal([parameters]);
  });

  it('has a sample that takes all of them', () => {
    expect(dataOf('plugin-sample.scxml').filter((id) => id.startsWith('_'))).to.deep.equal(parameters);
  });
});
