/** A host on a store, with sessions that count: what every durable measurement runs. */
import { isolatedKernel } from '../../../engine/index.js';
import { wallClock } from '../../../server/clock.js';
import { Host, type HostOptions } from '../../../server/host/host.js';
import { Replies } from '../../../server/host/replies.js';
import { newId, newSeed } from '../../../server/ids.js';
import { createLog } from '../../../server/log.js';
import { Documents } from '../../../server/ors/documents.js';
import { problem } from '../../../server/problems.js';
import type { Store } from '../../../server/store/port.js';

const scxml = (content: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${content}</scxml>`;

/** About 1 KB of variables, as a callback's session has, and a step that changes some of it. */
const counting = scxml(`
  <datamodel>
    <data id="n" expr="0"/><data id="last"/><data id="delays" expr="0"/>
    <data id="customer">{"number": "16504661230", "name": "A customer", "language": "en", "segment": "gold"}</data>
    <data id="options">{"_wait_for_agent": true, "_max_dial_attempts": 3, "_dial_retry_timeout": 300, "_ttl": 86400,
      "_request_execution_time_buffer": 180, "_urs_virtual_queue": "VQ_Sales", "_target": "Sales@StatServer.GA",
      "_prefix_dial_out": "9", "_call_direction": "USERTERMINATED", "_desired_connect_time_threshold": 60,
      "_plugin_on_dial_url": "", "_treatment_waiting": "music/on_hold", "_cpd_enable": true}</data>
    <data id="history" expr="[]"/>
  </datamodel>
  <state id="waiting">
    <transition event="go">
      <assign location="n" expr="n + 1"/><assign location="last" expr="_event.data.at"/>
      <cancel sendid="idle"/><send id="idle" event="idle" delay="3600s"/>
      <if cond="n % 4 === 0"><send event="noted"/></if>
    </transition>
    <transition event="noted idle"/>
    <transition event="later">
      <foreach array="new Array(_event.data.times).fill(0)" item="each" index="i">
        <send event="tick" delayexpr="(_event.data.after + i) + 'ms'"/>
      </foreach>
    </transition>
    <transition event="tick"><assign location="delays" expr="delays + 1"/></transition>
  </state>`);

export const hostOn = (store: Store, more: Partial<HostOptions> = {}): Host => {
  const documents = new Documents({ strategies: '/none', folders: [], hosts: [], trusted: [] }, () => isolatedKernel());
  return new Host({
    documents: {
      load: (src) =>
        src === 'counting'
          ? Promise.resolve({ uri: src, hash: src, text: counting, author: undefined, resources: {} })
          : Promise.reject(problem('DOCUMENT_NOT_FOUND', src)),
      inline: (text, holder) => documents.inline(text, holder),
      again: (record) => documents.again(record),
    },
    store,
    clock: wallClock,
    modules: [],
    newId,
    newSeed,
    replies: new Replies(wallClock),
    platform: () => ({}),
    log: createLog('error'),
    ...more,
  });
};

const begin = (host: Host): Promise<string> => host.start({ src: 'counting', params: {} });

/** So many sessions, a hundred at a time. */
export const beginMany = async (host: Host, count: number): Promise<string[]> => {
  const ids: string[] = [];
  while (ids.length < count)
    ids.push(...(await Promise.all(Array.from({ length: Math.min(100, count - ids.length) }, () => begin(host)))));
  return ids;
};
