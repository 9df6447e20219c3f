// What the end-to-end tests share: the stack's addresses, a browser, the
// database's audit views, the mailbox.
import { chromium } from 'playwright-core';
import axe from 'axe-core';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import assert from 'node:assert/strict';
import path from 'node:path';

export const dir = process.env.SMETKA_STACK;
export const env = Object.fromEntries(
  readFileSync(path.join(dir, 'stack.env'), 'utf8').trim().split('\n')
    .map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1).replace(/^'(.*)'$/, '$1')];
    }));
export const site = env.SITE;
export const box = env.SANDBOX;

// The payment codes of the demonstration company whose last four characters
// name one account only (the audit views know no more of a code), but for the
// three that are printed; each test takes its own.
const all = readFileSync(path.join(dir, 'demo', 'accounts.csv'), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.split(',')[1]);
const hints = new Map();
for (const code of new Set(all)) {
  hints.set(code.slice(-4), (hints.get(code.slice(-4)) ?? 0) + 1);
}
const fresh = [...new Set(all)].filter((code) =>
  hints.get(code.slice(-4)) === 1 && !env.PAYMENT_CODES.includes(code));
export function takeCode(currency = 'RON') {
  const at = fresh.findIndex((code) => balance(code).currency === currency);
  assert.notEqual(at, -1, 'the demonstration company ran out of open bills');
  return fresh.splice(at, 1)[0];
}

export function sql(query) {
  const out = execFileSync('psql', [env.DATABASE, '-XAtq', '-F', '\t', '-c',
    query], { encoding: 'utf8' });
  return out.trim() === '' ? [] : out.trim().split('\n')
    .map((line) => line.split('\t'));
}

export function balance(code) {
  const rows = sql(`SELECT currency, balance_minor FROM audit.account
    WHERE payment_code_hint = '${code.slice(-4)}' AND balance_minor > 0`);
  return rows.length === 0 ? { currency: '', minor: 0 }
    : { currency: rows[0][0], minor: Number(rows[0][1]) };
}

export async function open(options = {}) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu',
      '--disable-quic', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, javaScriptEnabled: false, locale: 'en-GB',
    viewport: { width: 1280, height: 900 }, ...options,
  });
  context.setDefaultTimeout(15000);
  return { browser, context, page: await context.newPage() };
}

// Go to URL, also from a status page, whose own refresh may get in the way.
export async function go(page, url) {
  for (let i = 0; ; i++) {
    try {
      return await page.goto(url);
    } catch (e) {
      if (i >= 9 || !/interrupted by another navigation/.test(e.message)) throw e;
      await page.waitForTimeout(300);
    }
  }
}

// Fill the form of guest pay; ends on the bill page.
export async function lookUp(page, code, email, lang = 'en') {
  await go(page, `${site}/${lang}/pay`);
  await page.fill('[name=payment_code]', code);
  await page.fill('[name=email]', email);
  await page.click('main form button[type=submit]');
}

// From the bill page to the processor's page.
export async function startPaying(page) {
  await page.click('form[action$="/start"] button[type=submit]');
  await page.waitForURL(`${box}/c/pay/**`);
}

export async function payAtProcessor(page, card = '4242 4242 4242 4242') {
  await page.fill('[name=card]', card);
  await page.click('button[value=pay]');
}

export async function state(page) {
  return page.getAttribute('main', 'data-payment-state');
}

// Reload until the status page shows one of WANTED.
export async function waitState(page, wanted, seconds = 20) {
  for (let i = 0; i < seconds * 2; i++) {
    const shown = await state(page).catch(() => null);
    if (wanted.includes(shown)) return shown;
    await page.waitForTimeout(500);
    await page.goto(page.url()).catch(() => {});
  }
  assert.fail(`the status page showed ${await state(page)}, not ${wanted}`);
}

export async function behave(what) {
  const body = new URLSearchParams({ csrf: 'sandbox', ...what });
  execFileSync('curl', ['-fsS', '--cacert', env.CA, '-o', '/dev/null',
    '-H', `Origin: ${box}`, '-d', body.toString(), `${box}/`]);
}

// The mails to ADDRESS that have arrived, as raw text.
export function mails(address) {
  let names = [];
  try { names = readdirSync(path.join(env.MAIL_DIR, 'new')); } catch { /* none */ }
  return names.map((n) => readFileSync(path.join(env.MAIL_DIR, 'new', n), 'utf8'))
    .filter((text) => text.includes(`X-Envelope-To: ${address}`));
}

export async function waitMail(address, seconds = 20) {
  for (let i = 0; i < seconds * 5; i++) {
    const found = mails(address);
    if (found.length > 0) return found;
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.fail(`no mail for ${address}`);
}

// The first link to PREFIX in a raw (quoted-printable) mail.
export function linkIn(mail, prefix) {
  const text = mail.replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const at = text.indexOf(prefix);
  assert.notEqual(at, -1, `the mail holds no link to ${prefix}`);
  return text.slice(at).match(/^[^\s"<>]+/)[0];
}

// Money is right: one settlement, one receipt, and every transaction's sum
// is zero in each currency.
export function assertSettledOnce(code, paymentId) {
  const [row] = sql(`SELECT state, amount_minor, settled_minor FROM
    audit.payment WHERE payment_id = '${paymentId}'`);
  assert.equal(row[0], 'settled');
  assert.equal(row[1], row[2]);
  assert.equal(sql(`SELECT 1 FROM audit.receipt WHERE payment_id =
    '${paymentId}'`).length, 1, 'one receipt');
  assert.equal(sql(`SELECT 1 FROM audit.ledger WHERE payment_id =
    '${paymentId}' AND kind = 'settlement' AND account =
    'processor_clearing'`).length, 1, 'one settlement in the journal');
  assertBooks();
}

export function assertBooks() {
  assert.deepEqual(sql(`SELECT txn_id, currency FROM audit.ledger
    GROUP BY txn_id, currency HAVING sum(amount_minor) <> 0`), [],
  'every journal transaction sums to zero');
}

export function lastPayment(code) {
  const rows = sql(`SELECT p.payment_id FROM audit.payment p
    JOIN audit.account a USING (account_id)
    WHERE a.payment_code_hint = '${code.slice(-4)}'
    ORDER BY p.created_at DESC LIMIT 1`);
  return rows.length > 0 ? rows[0][0] : null;
}

// axe needs scripts, so a second context with them on looks at the page.
export async function axeFindings(page) {
  await page.evaluate(axe.source + ';0');
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
      'best-practice'],
  }));
  return result.violations.map((v) =>
    `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}
