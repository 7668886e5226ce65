// How the browser tests run: Debian's Chromium, two files of stories at a time, once with scripts and
// once without. The server is not started here but by the `okno` fixture (lib/test.js), so that each
// project, and each story after one that failed, meets a fresh store.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium =
  process.env.OKNO_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
if (!chromium) {
  throw new Error('No Chromium found. Install the package "chromium", or name one in OKNO_CHROMIUM.');
}

// Without scripts everything is walked by `./test --long`. The everyday run takes the ways of the people
// whom a lost script would stop: who files, who answers, who receives, and the statuses of all pages.
const withoutScripts = process.env.OKNO_LONG
  ? 'stories/*.spec.js'
  : ['appeal', 'answer', 'desk', 'documents', 'filing', 'operator', 'rough', 'routes'].map((name) => `stories/${name}.spec.js`);

export default defineConfig({
  testDir: '.',
  testMatch: ['stories/*.spec.js', 'lib/*.spec.js'],
  outputDir: 'shots/failures',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      // A browser that asks nobody for anything: what it loads, the story asked for.
      args: [
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--force-color-profile=srgb',
      ],
    },
  },
  projects: [
    // The checks themselves are tried first: a check that cannot fail proves nothing.
    { name: 'checks', testMatch: 'lib/*.spec.js', timeout: 20_000 },
    { name: 'scripts-on', testMatch: 'stories/*.spec.js', dependencies: ['checks'] },
    {
      name: 'scripts-off',
      testMatch: withoutScripts,
      dependencies: ['checks'],
      use: { javaScriptEnabled: false },
    },
  ],
});
