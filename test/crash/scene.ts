/** All that a run of processes shares: a folder of data, a port, the documents, the sink, and the build. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { theBuild, type Build } from './build.js';
import { Client } from './client.js';
import { freePort } from '../support/port.js';
import { ServerProcess, type Environment } from './process.js';
import { services } from './services.js';
import { openSink, type Sink } from './sink.js';

export interface Scene {
  readonly build: Build;
  readonly sink: Sink;
  readonly client: Client;
  /** Of the database. */
  readonly data: string;
  /** URL of documents/worker.scxml. */
  readonly worker: string;
  /** `command`: what the program and its arguments are put behind. */
  readonly start: (environment?: Environment, command?: readonly string[]) => ServerProcess;
  /** The same, when it is ready; rejects with what it has said when it ends before. */
  readonly started: (environment?: Environment, command?: readonly string[]) => Promise<ServerProcess>;
  close(): Promise<void>;
}

const documents = join(import.meta.dirname, 'documents');

export const openScene = async (shared: Environment = {}): Promise<Scene> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-crash-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const servicesFile = join(folder, 'services.json');
  writeFileSync(servicesFile, JSON.stringify(services));
  const built = await theBuild();
  const [sink, port] = [await openSink(), await freePort()];
  const client = new Client(`http://127.0.0.1:${port}`);
  const processes: ServerProcess[] = [];
  const known: Environment = {
    RINGBACK_DATA: data,
    RINGBACK_DOCUMENT_FOLDERS: documents,
    RINGBACK_TRUSTED: documents,
    RINGBACK_FETCH_HOSTS: sink.host,
    RINGBACK_SERVICES: servicesFile,
    ...shared,
  };
  const start = (environment: Environment = {}, command: readonly string[] = []): ServerProcess => {
    const server = new ServerProcess({
      command: [...command, process.execPath, built.main],
      isFamily: command.length > 0,
      port,
      environment: { ...known, ...environment },
    });
    processes.push(server);
    return server;
  };
  return {
    build: built,
    sink,
    client,
    data,
    worker: pathToFileURL(join(documents, 'worker.scxml')).href,
    start,
    started: async (environment, command) => {
      const server = start(environment, command);
      if ((await server.ready()) === undefined) throw new Error(`the server does not start: ${server.output}`);
      return server;
    },
    async close() {
      client.close();
      for (const server of processes) if (!server.isOver) await server.end('SIGKILL');
      await sink.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
