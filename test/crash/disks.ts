/**
 * Ways to fill the disk of one process, without rights on the machine: a limit on the size of its files (EFBIG), and a small file
 * system that only it sees (ENOSPC).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProcess } from './process.js';

export interface Disk {
  readonly name: string;
  /** Whether this machine lets us. */
  readonly isHere: () => boolean;
  /** What the server is started behind. */
  readonly command: readonly string[];
  readonly fill: (server: ServerProcess, data: string) => void;
  readonly free: (server: ServerProcess, data: string) => void;
}

const works = (program: string, ...rest: string[]): boolean => spawnSync(program, rest).status === 0;
const limit = ({ pid }: ServerProcess, size: string): void =>
  void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);

const namespace = ['--mount', '--map-root-user', 'sh', '-c'];
const mount = (size: string, folder: string): string => `mount -t tmpfs -o size=${size} none "${folder}"`;
/** As the process sees the folder. */
const ballastIn = ({ pid }: ServerProcess, data: string): string => join(`/proc/${pid}/root`, data, 'ballast');

export const disks: readonly Disk[] = [
  {
    name: 'a limit on the size of files',
    isHere: () => works('prlimit', '--version'),
    command: [],
    fill: (server) => limit(server, '1'),
    free: (server) => limit(server, 'unlimited'),
  },
  {
    name: 'a small file system',
    isHere: () => works('unshare', ...namespace, mount('1m', '/mnt')),
    command: ['unshare', ...namespace, `${mount('4m', '$RINGBACK_DATA')} && exec "$@"`, 'sh'],
    fill: (server, data) => {
      try {
        for (;;) appendFileSync(ballastIn(server, data), Buffer.alloc(4096));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free: (server, data) => rmSync(ballastIn(server, data)),
  },
];
