// Every address of the product that answers GET, met by everybody who may come to it, empty and
// with something in it, right and wrong, in Russian and in English. A new route must be told here:
// the list is compared with the routes in the source.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, expect } from '../lib/test.js';
import { look } from '../lib/checks.js';
import { complainQuietly, press, proofOf, signIn, snow } from '../lib/deeds.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

// Nobody here needs what another did, and the walks are long: both workers take part.
test.describe.configure({ mode: 'parallel' });

/** Who comes, and the demo account they sign in with. */
const people = { guest: null, applicant: 'anna', specialist: 'improvement', head: 'roads.head', administrator: 'admin', operator: 'operator', stranger: 'health' };
const signedIn = ['applicant', 'specialist', 'head', 'administrator'];
const everybody = ['guest', ...signedIn];
const staff = ['specialist', 'head'];

/**
 * route: as the source has it; at: an address of it (N is the number of a case of a guest); ok: who
 * gets the page; no: who is shown that it isn't theirs (sign-in or an error page). Stories look at the
 * pages marked "told elsewhere" with much more in them.
 */
const pages = [
  { route: '/', ok: everybody },
  { route: '/services', ok: everybody },
  { route: '/services/{code}', at: '/services/proposal', ok: ['guest'] },
  { route: '/services/{code}', at: '/services/information', ok: ['guest'] },
  { route: '/services/{code}', at: '/services/nothing', no: ['guest'] },
  { route: '/services/{code}', at: '/services/official', ok: ['guest'] },
  { route: '/file/{service}', at: '/file/online', ok: ['guest'] },
  { route: '/file/{service}', at: '/file/official', ok: ['guest'] },
  { route: '/file/{service}', at: '/file/certificate', ok: ['applicant'], no: ['guest'] },
  { route: '/admin/services', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/services/new', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/services/{service}', at: '/admin/services/complaint', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/services/{service}/edit', at: '/admin/services/complaint/edit', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/services/{service}/versions/{version}', at: '/admin/services/complaint/versions/3', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/services/{service}/rules', at: '/admin/services/reference/rules', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/services/{service}/rules', at: '/admin/services/complaint/rules', ok: ['administrator'] },
  { route: '/admin/services/{service}/rules/edit', at: '/admin/services/reference/rules/edit', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/services/{service}/rules/{version}', at: '/admin/services/reference/rules/1', ok: ['administrator'], no: ['specialist', 'head'] },
  { route: '/desk/rules', ok: ['head'], no: ['guest', 'applicant', 'specialist'] },
  { route: '/desk/rules/{service}/{version}', at: '/desk/rules/reference/1', no: ['guest', 'specialist', 'head'] },
  { route: '/admin/services/{service}/proposal', at: '/admin/services/complaint/proposal', no: ['administrator', 'specialist'] },
  { route: '/admin/categories', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/categories/new', at: '/admin/categories/new?above=roads', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/categories/{category}', at: '/admin/categories/roads.snow', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/officials', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/officials/new', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/officials/{official}', at: '/admin/officials/governor', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/routes', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/routes/new', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/routes/trial', ok: ['administrator'], no: ['specialist'] },
  { route: '/admin/routes/{rule}', at: '/admin/routes/nothing', no: ['administrator', 'specialist'] },
  { route: '/admin/terms', ok: ['administrator'], no: ['guest', 'specialist'] },
  { route: '/admin/terms/{rule}', at: '/admin/terms/service.certificate', ok: ['administrator'], no: ['specialist'] },
  { route: '/file', ok: ['guest'] },
  { route: '/dialogue', ok: everybody },
  { route: '/dialogue/consent', ok: ['guest'] },
  { route: '/feedback', at: '/feedback?page=/services/complaint', ok: ['guest', 'applicant'] },
  { route: '/file/{service}', at: '/file/complaint', ok: ['guest', 'applicant'] },
  { route: '/file/{service}', at: '/file/proposal', ok: ['guest', 'applicant'] },
  { route: '/file/{service}', at: '/file/information', ok: ['guest', 'applicant'] },
  { route: '/file/{service}', at: '/file/nothing', no: ['guest'] },
  { route: '/file/{service}/{draft}', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'applicant'] },
  { route: '/file/{service}/{draft}/{step}', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/matter', no: ['guest', 'applicant'] },
  { route: '/file/{service}/{draft}/review', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/review', no: ['guest', 'applicant'] },
  { route: '/file/{service}/{draft}/drop', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/drop', no: ['guest', 'applicant'] },
  { route: '/file/{service}/{draft}/documents', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/documents', no: ['guest', 'applicant'] },
  { route: '/file/{service}/{draft}/documents/{id}', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest'] },
  { route: '/file/{service}/{draft}/documents/{id}/small', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3/small', no: ['guest'] },
  { route: '/file/{service}/{draft}/documents/{id}/view', at: '/file/complaint/01a200cc-5595-7279-bb6b-d8b69c6574c3/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3/view', no: ['guest'] },
  { route: '/cases/{number}/documents', at: '/cases/N/documents', ok: staff, no: ['stranger'] },
  { route: '/cases/{number}/documents/{id}', at: '/cases/N/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'stranger'] },
  { route: '/cases/{number}/documents/{id}/view', at: '/cases/N/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3/view', no: ['guest', 'specialist', 'stranger'] },
  { route: '/cases/{number}/documents/{id}/small', at: '/cases/N/documents/01a200cc-5595-7279-bb6b-d8b69c6574c3/small', no: ['guest', 'specialist', 'stranger'] },
  { route: '/find', at: '/find?q=снег', ok: ['guest'] },
  { route: '/find', at: '/find?q=ъъъъ', ok: ['guest'] },
  { route: '/register', ok: ['guest', 'specialist'] },
  { route: '/register', at: '/register?state=finished&category=electronic', ok: ['guest'] },
  { route: '/register', at: '/register?outcome=refused&from=2026-01-01&until=2026-01-02', ok: ['guest'] },
  { route: '/register/places', ok: ['guest'] },
  { route: '/desk/several', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/several/undo', ok: ['specialist'], no: ['guest'] },
  { route: '/desk/load', ok: ['head'], no: ['guest', 'applicant', 'specialist'] },
  { route: '/desk/terms', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/terms', at: '/desk/terms?kind=work_start', ok: ['head'] },
  { route: '/desk/terms', at: '/desk/terms?kind=task', ok: ['head'] },
  { route: '/desk/journal', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/statistics', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/stages', ok: ['head'], no: ['guest', 'applicant', 'specialist'] },
  { route: '/desk/templates', ok: ['head', 'administrator'], no: ['guest', 'applicant', 'specialist'] },
  { route: '/desk/templates/new', ok: ['head', 'administrator'], no: ['guest', 'applicant', 'specialist'] },
  { route: '/desk/templates/{template}', at: '/desk/templates/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'head'] },
  { route: '/problems', ok: ['guest', 'specialist'] },
  { route: '/problems', at: '/problems?state=open&unit=roads', ok: ['guest'] },
  { route: '/problems/{code}', at: '/problems/999999', no: ['guest'] },
  { route: '/works/{task}', at: '/works/999999', no: ['guest'] },
  { route: '/works/{task}/files/{file}', at: '/works/999999/files/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest'] },
  { route: '/works/{task}/files/{file}/small', at: '/works/999999/files/01a200cc-5595-7279-bb6b-d8b69c6574c3/small', no: ['guest'] },
  { route: '/cases/{number}/works/{task}', at: '/cases/N/works/999999', no: ['guest', 'specialist', 'stranger'] },
  { route: '/desk/tasks', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/tasks', at: '/desk/tasks?view=unit', ok: staff },
  { route: '/desk/tasks', at: '/desk/tasks?view=ended', ok: ['head'] },
  { route: '/desk/tasks/new', at: '/desk/tasks/new?source=problem&problem=999999', no: ['guest', 'specialist', 'head'] },
  { route: '/desk/tasks/{task}', at: '/desk/tasks/999999', no: ['guest', 'specialist'] },
  { route: '/desk/tasks/{task}/do/{deed}', at: '/desk/tasks/999999/do/drop', no: ['guest', 'head'] },
  { route: '/desk/tasks/{task}/files/{deed}', at: '/desk/tasks/999999/files/show', no: ['guest', 'specialist'] },
  { route: '/desk/problems/new', at: '/desk/problems/new?case=N', ok: ['head'], no: ['guest', 'specialist'] },
  { route: '/desk/problems/{problem}', at: '/desk/problems/999999', no: ['guest', 'head'] },
  { route: '/desk/problems/{problem}/leave', at: '/desk/problems/999999/leave?case=N', no: ['guest', 'head'] },
  { route: '/desk/problems/{problem}/close', at: '/desk/problems/999999/close', no: ['guest', 'head'] },
  { route: '/desk', at: '/desk?view=urgent', ok: ['specialist'] },
  { route: '/regulation', ok: ['guest', 'applicant'] },
  { route: '/desk/search', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk/search', at: '/desk/search?q=снег', ok: staff },
  { route: '/register/{number}', at: '/register/N', ok: ['guest', 'applicant'] },
  { route: '/register/{number}', at: '/register/А-2026-99999999-5', no: ['guest'] },
  { route: '/status', ok: ['guest', 'applicant'] },
  { route: '/status', at: '/status?number=N', ok: ['guest'] },
  { route: '/verify', ok: ['guest'] },
  { route: '/genuine', ok: ['guest', 'applicant'] },
  { route: '/genuine', at: '/genuine?sha256=' + '0'.repeat(64), ok: ['guest'] },
  { route: '/genuine/{number}/{code}', at: '/genuine/N/0000-0000', ok: ['guest'] },
  { route: '/sign-in', ok: ['guest'] },
  { route: '/sign-up', ok: ['guest'] },
  { route: '/profile', ok: signedIn, no: ['guest'] },
  { route: '/cabinet', ok: signedIn, no: ['guest'] },
  { route: '/letters/{link}', at: '/letters/nothing', no: ['guest', 'applicant'] },
  { route: '/cabinet/notices', ok: signedIn, no: ['guest'] },
  { route: '/cabinet/notices/settings', ok: signedIn, no: ['guest'] },
  { route: '/admin/templates', ok: ['administrator'], no: ['guest', 'applicant', ...staff] },
  { route: '/admin/templates/{kind}/{language}', at: '/admin/templates/documents/ru', ok: ['administrator'], no: ['guest', 'applicant', ...staff] },
  { route: '/admin/templates/{kind}/{language}', at: '/admin/templates/nothing/ru', no: ['administrator'] },
  { route: '/cases/{number}', at: '/cases/N', ok: staff, no: ['guest', 'applicant', 'administrator', 'stranger'] },
  { route: '/cases/{number}/messages', at: '/cases/N/messages', ok: staff, no: ['guest', 'stranger'] },
  { route: '/cases/{number}/receipt', at: '/cases/N/receipt', no: ['guest', 'applicant', 'stranger'] },
  { route: '/cases/{number}/why', at: '/cases/N/why', ok: staff, no: ['guest', 'applicant', 'stranger'] },
  { route: '/cases/{number}/history', at: '/cases/N/history', ok: staff, no: ['guest', 'applicant', 'stranger'] },
  { route: '/cases/{number}/parties', at: '/cases/N/parties', ok: staff, no: ['guest', 'stranger'] },
  { route: '/cases/{number}/participation', at: '/cases/N/participation', ok: staff, no: ['guest', 'stranger'] },
  { route: '/cases/{number}/do/{deed}', at: '/cases/N/do/cancel', no: ['guest', 'applicant', 'specialist', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/redirect', ok: ['specialist', 'head'], no: ['guest', 'applicant', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/forward', ok: ['head'], no: ['guest', 'specialist', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/note', ok: ['specialist', 'head'], no: ['guest', 'applicant', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/prioritise', ok: ['head'], no: ['guest', 'specialist', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/post_answer', no: ['guest', 'stranger'] },
  { route: '/desk/{number}/do/{deed}', at: '/desk/N/do/nothing', no: ['guest', 'specialist'] },
  { route: '/desk', at: '/desk?view=mine', ok: staff, no: ['guest', 'applicant'] },
  { route: '/desk', at: '/desk?view=unit', ok: [...staff, 'stranger'] },
  { route: '/desk', at: '/desk?view=agreement', ok: ['head'] },
  { route: '/desk', at: '/desk?q=ничего', ok: ['specialist'] },
  { route: '/desk/{number}', at: '/desk/N', ok: staff, no: ['guest', 'applicant', 'stranger'] },
  { route: '/desk/{number}/take', at: '/desk/N/take', ok: ['specialist'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/assign', at: '/desk/N/assign', ok: ['head'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/messages', at: '/desk/N/messages', ok: ['specialist'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/answer', at: '/desk/N/answer', ok: ['specialist'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/template', at: '/desk/N/template', ok: ['specialist'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/agreement', at: '/desk/N/agreement', ok: ['specialist'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/return', at: '/desk/N/return', ok: ['head'], no: ['guest', 'stranger'] },
  { route: '/desk/{number}/agree', at: '/desk/N/agree', no: ['guest', 'applicant', 'specialist', 'head', 'stranger'] },
  { route: '/desk/{number}/close', at: '/desk/N/close', no: ['guest', 'applicant', 'specialist', 'stranger'] },
  { route: '/reception', ok: ['operator'], no: ['guest', 'applicant', ...staff, 'administrator'] },
  { route: '/reception/found', ok: ['operator'], no: ['guest', 'applicant', ...staff] },
  { route: '/reception/new/{way}', at: '/reception/new/phone', ok: ['operator'], no: ['guest', 'applicant', ...staff] },
  { route: '/reception/new/{way}', at: '/reception/new/paper', ok: ['operator'] },
  { route: '/reception/new/{way}', at: '/reception/new/nothing', no: ['operator'] },
  { route: '/reception/mailbox', ok: ['operator'], no: ['guest', 'applicant', ...staff] },
  { route: '/reception/mailbox/{letter}', at: '/reception/mailbox/00000000-0000-0000-0000-000000000000', no: ['guest', 'applicant', 'specialist', 'operator'] },
  { route: '/reception/mailbox/{letter}/file', at: '/reception/mailbox/00000000-0000-0000-0000-000000000000/file', no: ['guest', 'specialist', 'operator'] },
  { route: '/reception/mailbox/{letter}/leave', at: '/reception/mailbox/00000000-0000-0000-0000-000000000000/leave', no: ['guest', 'specialist', 'operator'] },
  { route: '/reception/{number}', at: '/reception/N', ok: ['operator'], no: ['guest', 'applicant', ...staff] },
  { route: '/reception/{number}/documents', at: '/reception/N/documents', ok: ['operator'], no: ['guest', 'specialist'] },
  { route: '/reception/{number}/code', at: '/reception/N/code', ok: ['operator'], no: ['guest', 'specialist'] },
  { route: '/reception/{number}/words', at: '/reception/N/words', ok: ['operator'], no: ['guest', 'specialist'] },
  { route: '/reception/{number}/answers/{file}', at: '/reception/N/answers/1.pdf', no: ['guest', 'applicant', 'specialist', 'operator'] },
  { route: '/reception/{number}/coupon', at: '/reception/N/coupon', no: ['guest', 'applicant', 'specialist', 'operator'] },
  { route: '/desk', at: '/desk', no: ['operator'] },
  { route: '/cases/{number}', at: '/cases/N', no: ['operator'] },
  // Links out of letters: people.spec.js follows the good ones.
  { route: '/sign-in/code', ok: [], no: ['guest'] },
  { route: '/reset', ok: ['guest'] },
  { route: '/reset/{token}', at: '/reset/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', no: ['guest'] },
  { route: '/invite/{token}', at: '/invite/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', no: ['guest'] },
  { route: '/confirm/{token}', at: '/confirm/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', no: ['guest'] },
  { route: '/change-email/{token}', at: '/change-email/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', no: ['guest'] },
  { route: '/profile/password', ok: ['applicant'], no: ['guest'] },
  { route: '/profile/email', ok: ['applicant'], no: ['guest'] },
  { route: '/profile/second-factor', ok: ['applicant'], no: ['guest'] },
  { route: '/docs/api', ok: ['guest'] },
  { route: '/docs/api/{subject}', at: '/docs/api/cases', ok: ['guest'] },
  { route: '/docs/api/{subject}', at: '/docs/api/nothing', no: ['guest'] },
  { route: '/profile/tokens', ok: ['applicant'], no: ['guest'] },
  { route: '/profile/consents', ok: ['applicant'], no: ['guest'] },
  // The administration is for administrators alone; people.spec.js looks at single units and accounts.
  { route: '/admin', ok: ['administrator'], no: ['guest', 'applicant', 'specialist', 'head'] },
  { route: '/admin/rights', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/units', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/units/new', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/units/{unit}', at: '/admin/units/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'head', 'administrator'] },
  { route: '/admin/territories', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/territories/{territory}', at: '/admin/territories/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'head', 'administrator'] },
  { route: '/admin/letterheads', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/letterheads/{unit}', at: '/admin/letterheads/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'head', 'administrator'] },
  { route: '/admin/staff', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/staff/new', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/staff/former', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/staff/{account}/corrections', at: '/admin/staff/01a200cc-5595-7279-bb6b-d8b69c6574c3/corrections', no: ['guest', 'specialist', 'head', 'administrator'] },
  { route: '/admin/staff/{account}', at: '/admin/staff/01a200cc-5595-7279-bb6b-d8b69c6574c3', no: ['guest', 'specialist', 'head', 'administrator'] },
  { route: '/admin/networks', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/reception/networks', ok: ['operator'], no: ['guest', 'applicant', ...staff] },
  { route: '/admin/log', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/mailbox', ok: ['administrator'], no: ['guest', 'specialist', 'operator'] },
  { route: '/admin/jobs', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/admin/settings', ok: ['administrator'], no: ['guest', 'specialist', 'head'] },
  { route: '/access', ok: everybody },
  { route: '/app', ok: everybody },
  { route: '/app/kept', ok: ['guest'] },
  { route: '/app/proposal', ok: ['guest', 'applicant'] },
  { route: '/help', ok: everybody },
  { route: '/help/{topic}', at: '/help/file', ok: ['guest'] },
  { route: '/help/{topic}', at: '/help/desk-case', ok: ['specialist'] },
  { route: '/help/{topic}', at: '/help/nothing', no: ['guest'] },
  { route: '/glossary', ok: ['guest'] },
  { route: '/pos', ok: ['guest'] },
  { route: '/lang/{tag}', at: '/lang/ru?next=/status', ok: ['guest'] },
  { route: '/problems/{code}', at: '/problems/not-found', ok: ['guest'] },
  { route: '', at: '/there-is-nothing-here', no: ['guest', 'specialist'] },
];

/** Addresses that programs read: asked once, and what must come. */
const files = {
  '/assets/{name}': null, // each page asks for its own, with the hash of their content
  '/app.webmanifest': { type: 'application/manifest+json' },
  '/worker.js': { type: 'text/javascript' },
  '/favicon.svg': { type: 'image/svg+xml' },
  '/map.svg': { type: 'image/svg+xml' },
  '/robots.txt': { type: 'text/plain' },
  '/healthz': { type: 'text/plain' },
  '/readyz': {},
  '/metrics': { type: 'text/plain' },
  '/openapi.json': { type: 'application/json' },
  '/log/checkpoint': { type: 'text/plain' },
  '/log/vkey': { type: 'text/plain' },
  '/log/tile/{level}/{*place}': null, // the tests of the journal walk the tiles
  '/log/tile/entries/{*place}': null,
  '/proofs/{file}': { at: '/proofs/N.tlog-proof' },
  '/cases/{number}/receipt.txt': { at: '/cases/N/receipt.txt', status: [401, 403, 404] },
  '/cabinet/notices/live': { status: [200, 303, 401, 403] },
  '/cabinet/live': { status: [200, 303, 401, 403] },
  '/desk/live': { status: [200, 303, 401, 403] },
  '/desk/journal.csv': { status: [200, 303, 401, 403] },
  '/desk/terms.csv': { status: [200, 303, 401, 403] },
  '/cases/{number}/live': { at: '/cases/N/live', status: [401, 403, 404] },
  '/verify/page.js': { type: 'text/javascript' },
  '/genuine/page.js': { type: 'text/javascript' },
  // A stranger is led to the page of states, where the return code is asked for.
  '/cases/{number}/answers/{file}': { at: '/cases/N/answers/1.pdf', status: [200] },
  '/cases/{number}/receipt.pdf': { at: '/cases/N/receipt.pdf', status: [200] },
  '/cases/{number}/history.pdf': { at: '/cases/N/history.pdf', status: [200] },
  '/admin/letterheads/{unit}/sample.pdf': { at: '/admin/letterheads/01a200cc-5595-7279-bb6b-d8b69c6574c3/sample.pdf', status: [200, 401, 403] },
  '/admin/letterheads/{unit}/small': { at: '/admin/letterheads/01a200cc-5595-7279-bb6b-d8b69c6574c3/small', status: [200, 401, 403] },
  '/verify/verifier.js': { type: 'text/javascript' },
  '/docs/api.md': { type: 'text/plain' },
  '/docs/client.py': { type: 'text/plain' },
  '/docs/proof-format.md': { type: 'text/plain' },
  '/docs/verify.py': { type: 'text/plain' },
  '/register.csv': { at: '/register.csv?bom=1', type: 'text/csv' },
  '/register.atom': { type: 'application/atom+xml' },
  '/register.json': { type: 'application/feed+json' },
  '/api/v1/register': { type: 'application/json' },
  '/api/v1/cases/{number}': { at: '/api/v1/cases/N', status: [200, 401, 403, 404] },
};

test('every route of the source is in this list', async () => {
  const sources = [];
  for (const crate of await readdir(join(root, 'crates'))) {
    const folder = join(root, 'crates', crate, 'src');
    for (const file of await readdir(folder, { recursive: true })) {
      if (file.endsWith('.rs') && !file.includes('tests')) sources.push((await readFile(join(folder, file), 'utf8')).split('#[cfg(test)]')[0]);
    }
  }
  const found = new Set();
  for (const source of sources) {
    for (const [, path, method] of source.matchAll(/\.route\(\s*"([^"]+)",\s*(get|post|any|put|delete)\b/g)) if (method !== 'post') found.add(path);
  }
  expect(found.size, 'routes were found in the source').toBeGreaterThan(30);
  const told = new Set([...pages.map(({ route }) => route), ...Object.keys(files)]);
  expect([...found].filter((route) => !told.has(route)), 'routes that no browser test meets').toEqual([]);
});

/** A key shown instead of words: the product writes «some-key» for a word that it lacks. */
async function allWords(page, address) {
  // A name that is Russian in every language is marked as such, and is not read as English.
  const foreign = page.locator('main [lang=ru]');
  if ((await page.locator('html').getAttribute('lang')) !== 'ru') await foreign.evaluateAll((all) => all.forEach((one) => one.remove()));
  const text = await page.locator('html').innerText();
  expect.soft(text.match(/«[a-z][a-z0-9]*([-_.][a-z0-9_]+)+»/g) ?? [], `${address} lacks words`).toEqual([]);
  expect.soft(await page.title(), `${address} has a title`).not.toMatch(/«[a-z-]+»|^\s*$/);
  return text;
}

async function visit(page, { at, route }, number) {
  const address = encodeURI((at ?? route).replace('N', number));
  const answer = await page.goto(address);
  return { address: at ?? route, status: answer.status() };
}

for (const [person, account] of Object.entries(people)) {
  test(`what ${person} meets`, async ({ enter, okno, scripts }) => {
    test.setTimeout(300_000);
    const { number } = await complainQuietly(okno, { ...snow, subject: 'Ледяная горка на тротуаре' });
    const page = await enter(person);
    if (account) await signIn(page, okno, account);
    const seen = new Set();
    for (const one of pages) {
      const may = one.ok?.includes(person);
      if (!may && !one.no?.includes(person)) continue;
      const { address, status } = await visit(page, one, number);
      const heading = await page.getByRole('heading', { level: 1 }).textContent();
      if (may) expect.soft(status, `${person} at ${address}: "${heading}"`).toBe(200);
      else if (['Вход', 'Проверить статус'].includes(heading)) expect.soft(account, `${person} at ${address} is asked who they are`).toBeNull();
      else expect.soft([400, 401, 403, 404, 409], `${person} at ${address}: "${heading}"`).toContain(status);
      await allWords(page, address);
      // Every page, an error too, leads to its help and to the version for poor eyesight.
      await expect.soft(page.locator('header a[href^="/help/"]'), `${address} leads to its help`).toHaveCount(1);
      await expect.soft(page.locator('aside.help details'), `${address} has help of its own`).toHaveCount(1);
      await expect.soft(page.locator('header form[action="/access"]'), `${address} leads to large print`).toHaveCount(1);
      // The same page isn't looked at twice, nor again without scripts: those add nothing to these pages.
      const same = may ? `${new URL(page.url()).pathname} ${heading}` : `${status} ${heading}`;
      if (seen.has(same) || !scripts) continue;
      seen.add(same);
      const name = address.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
      await look(page, `routes/${person}-${name}`);
    }
  });
}

test('an empty register and an empty queue say what to do', async ({ enter, okno }) => {
  const guest = await enter('guest');
  await guest.goto('/register?category=education.exams&state=finished');
  await expect(guest.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible();
  const specialist = await enter('specialist');
  await signIn(specialist, okno, 'education');
  await specialist.goto('/desk');
  await expect(specialist.getByText('Здесь пусто')).toBeVisible();
  await look(specialist, 'desk-empty');
});

test('everything is there in English too', async ({ enter, okno, scripts }) => {
  test.skip(!scripts, 'words are the same with and without scripts');
  test.setTimeout(300_000);
  const english = { ...snow, subject: 'Snow by the kindergarten', description: 'The pavement has not been cleared for three days.', expected: 'Clear the pavement', address: '7 Garden Street', last_name: 'Snow', first_name: 'Claudia' };
  const { number } = await complainQuietly(okno, english);
  // What stays Russian everywhere: what was searched for, numbers, names of people and of the operator, the way back to Russian.
  const ours = [/“(снег|ъъъъ)”/g, /А-\d{4}-\d{8}-\d/g, /Приёмная Приозёрской области/g, /Русский/g, /[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.(\s?[А-ЯЁ]\.)?/g, /[А-ЯЁ][а-яё]+\s[А-ЯЁ][а-яё]+\s[А-ЯЁ][а-яё]+/g];
  for (const person of ['guest', 'applicant', 'specialist', 'head', 'operator']) {
    const page = await enter(`${person} in English`);
    if (people[person]) await signIn(page, okno, people[person]);
    await page.goto('/lang/en?next=/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    for (const one of pages) {
      if (!one.ok?.includes(person) && !one.no?.includes(person)) continue;
      if (one.route === '/lang/{tag}') continue;
      const { address, status } = await visit(page, one, number);
      expect.soft(status, address).toBeLessThan(500);
      let text = await allWords(page, address);
      // A list shows what people wrote, in whatever language they did.
      if (!/^\/(desk|cabinet|reception)/.test(address)) {
        for (const known of ours) text = text.replace(known, '');
        const left = text.split('\n').filter((line) => /[а-яё]{2}/i.test(line));
        expect.soft(left, `Russian words for the English ${person} at ${address}`).toEqual([]);
      }
    }
    if (person === 'guest') {
      await page.goto('/');
      await look(page, 'home-english');
    }
  }
});

test('what programs read is there', async ({ okno }) => {
  const { number } = await complainQuietly(okno);
  await proofOf(okno, number);
  for (const [route, wanted] of Object.entries(files)) {
    if (!wanted) continue;
    const answer = await fetch(okno.url + encodeURI((wanted.at ?? route).replace('N', number)));
    expect.soft(wanted.status ?? [200], `${route} answered`).toContain(answer.status);
    if (wanted.type) expect.soft(answer.headers.get('content-type'), route).toContain(wanted.type);
    await answer.body?.cancel();
  }
});

test('every link of the pages that a guest meets leads somewhere', async ({ okno }) => {
  const seen = new Map();
  const queue = ['/'];
  while (queue.length > 0 && seen.size < 150) {
    const address = queue.shift();
    if (seen.has(address)) continue;
    const answer = await fetch(okno.url + address, { redirect: 'follow' });
    seen.set(address, answer.status);
    const html = answer.headers.get('content-type')?.includes('html') ? await answer.text() : '';
    for (const [, link] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
      const to = link.replaceAll('&amp;', '&');
      // The same page in the other language, or on the way back from signing in, is the same page.
      if (/^\/(lang|sign-in\?|sign-up\?)/.test(to) || /[?&](next|after)=/.test(to)) continue;
      queue.push(to);
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  expect([...seen].filter(([, status]) => ![200, 202].includes(status)), 'dead links').toEqual([]);
});
