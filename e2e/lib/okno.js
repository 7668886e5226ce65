// A running Okno: the real binary over a folder of its own, on a free port of the loopback.
// `start()` waits until it is ready; `stop()` ends it the way an administrator does and removes the folder.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const binary = process.env.OKNO_BIN ?? join(root, 'target/debug/okno');
const readyWithin = 60_000;
const stopWithin = 15_000;

/** Starts a server. `args` are added to `serve`, `env` to the environment. */
export async function start({ args = [], env = {} } = {}) {
  if (!existsSync(binary)) {
    throw new Error(`${binary} is not there. Build it first: cargo build (or ./test, which does).`);
  }
  const data = await mkdtemp(join(tmpdir(), 'okno-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, ...env };
  const database = process.env.OKNO_E2E_DATABASE_URL;
  if (database && !('OKNO_DATABASE_URL' in env)) environment.OKNO_DATABASE_URL = database;

  const server = spawn(
    binary,
    ['serve', '--data', join(data, 'data'), '--listen', `127.0.0.1:${port}`, ...args],
    { cwd: data, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const keep = (chunk) => {
    log = (log + chunk).slice(-200_000);
  };
  server.stdout.on('data', keep);
  server.stderr.on('data', keep);
  const ended = new Promise((done) => {
    server.on('exit', (code, signal) => done(signal ?? code));
    server.on('error', (error) => done(error.message));
  });

  const okno = {
    url,
    data: join(data, 'data'),
    /** What the server has said so far. */
    log: () => log,
    /** Runs another command of the binary beside the server: `okno.run(['verify', file, '--key', key])`. */
    run: (command, options) => run(command, { ...options, env: environment, cwd: data }),
    async stop() {
      server.kill('SIGTERM');
      const late = setTimeout(() => server.kill('SIGKILL'), stopWithin);
      await ended;
      clearTimeout(late);
      await rm(data, { recursive: true, force: true });
    },
  };

  const deadline = Date.now() + readyWithin;
  let gone = null;
  ended.then((how) => (gone = how));
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return okno;
    if (gone !== null || Date.now() > deadline) {
      await okno.stop();
      const why = gone !== null ? `ended at once (${gone})` : `was not ready in ${readyWithin / 1000} s`;
      throw new Error(`okno serve ${why}. It said:\n${log || '(nothing)'}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Runs the binary to its end and hands back { code, stdout, stderr }. `stdin` is text given to it. */
function run(command, { stdin = '', env, cwd } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(binary, command, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', failed);
    child.on('close', (code) => done({ code, stdout, stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
