// Official e-invoices that nobody here wrote: imported by the operator's
// command, kept byte for byte, paid by a guest without a browser.  And a
// signed pay link, made offline, opens a bill.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync,
  chmodSync } from 'node:fs';
import path from 'node:path';
import { dir, site, sql, open, go, waitMail, assertSettledOnce, assertBooks,
  takeCode, lastPayment } from './stack.mjs';

const examples = 'tests/data/einvoice';
const folder = path.join(dir, 'einvoice');
mkdirSync(folder, { recursive: true });

// smetka as the stack's own user, with the stack's own settings.
function smetka(...args) {
  return execFileSync('tests/e2e/smetka', [dir, ...args], { encoding: 'utf8' });
}

const owed = { // file: payable amount in minor units, currency
  'own-minimal-utility-ro.xml': [15730, 'RON'],
  'ubl-tc434-example1.xml': [25033, 'EUR'],
  'ubl-tc434-example5.xml': [233750, 'DKK'],
  'cius-ro-b2g-example1.xml': [25033, 'RON'],
  'cius-ro-b2g-example9.xml': [124600, 'EUR'],
};

for (const [name, [minor, currency]] of Object.entries(owed)) {
  test(`a guest pays the imported ${name}`, async () => {
    const code = `E2E${createHash('sha256').update(name).digest('hex')
      .slice(0, 9).toUpperCase()}`;
    const accounts = path.join(folder, `${name}.csv`);
    writeFileSync(accounts, 'client_code,payment_code,name\n' +
      `9${Number.parseInt(code.slice(3, 9), 16)},${code},Titular Exemplu\n`);
    copyFileSync(path.join(examples, name), path.join(folder, name));
    chmodSync(folder, 0o755);
    smetka('import', 'accounts', accounts);
    const command = ['import', 'invoices', '--any-seller', '--account', code,
      path.join(folder, name)];
    assert.match(smetka(...command), /1 added/);
    assert.match(smetka(...command), /0 added.*1 unchanged/);
    const hint = code.slice(-4);
    const [row] = sql(`SELECT i.total_minor, i.open_minor, i.currency, i.state
      FROM audit.invoice i JOIN audit.account a USING (account_id)
      WHERE a.payment_code_hint = '${hint}' AND i.open_minor > 0`);
    assert.deepEqual(row.slice(0, 3), [String(minor), String(minor), currency]);
    const email = `${hint.toLowerCase()}@example.org`;
    const [state, id] = execFileSync('tests/e2e/guest.sh',
      [dir, code, email, currency], { encoding: 'utf8' }).trim().split(' ');
    assert.equal(state, 'settled');
    assert.ok(/^[a-z2-7]{26}/.test(id));
    assertSettledOnce(code, lastPayment(code));
    assertBooks();
    assert.equal((await waitMail(email)).length, 1);
  });
}

test('originals are kept byte for byte', () => {
  for (const name of Object.keys(owed)) {
    const hash = createHash('sha256')
      .update(readFileSync(path.join(examples, name))).digest('hex');
    const kept = execFileSync('tests/e2e/original', [dir, hash],
      { encoding: 'utf8' }).trim();
    assert.equal(kept, hash, name);
  }
});

test('a credit note lowers what is owed and is never overdue', () => {
  const code = takeCode();
  const before = sql(`SELECT sum(balance_minor) FROM audit.account
    WHERE payment_code_hint = '${code.slice(-4)}' AND currency = 'EUR'`);
  const name = 'ubl-tc434-creditnote1.xml';
  copyFileSync(path.join(examples, name), path.join(folder, name));
  assert.match(smetka('import', 'invoices', '--any-seller', '--account', code,
    path.join(folder, name)), /1 added/);
  const after = sql(`SELECT sum(balance_minor) FROM audit.account
    WHERE payment_code_hint = '${code.slice(-4)}' AND currency = 'EUR'`);
  assert.ok(Number(after[0][0]) < Number(before[0]?.[0] || 0));
  assert.deepEqual(sql(`SELECT state FROM audit.invoice i JOIN audit.account a
    USING (account_id) WHERE a.payment_code_hint = '${code.slice(-4)}'
    AND i.total_minor < 0 AND state NOT IN ('credit', 'paid')`), []);
  assertBooks();
});

test('a signed pay link opens the bill, and an altered one does not', async () => {
  const code = takeCode();
  const list = smetka('export', 'accounts');
  const line = list.split('\n').find((l) => l.includes(code.slice(-4)));
  assert.ok(line, 'the account is exported');
  const id = line.match(/[0-9a-f]{8}-[0-9a-f-]{27}|[a-z2-7]{26}/)[0];
  const link = smetka('paylink', 'make', '--account', id)
    .match(/https:\/\/\S+|[A-Za-z0-9_-]{100,}/)[0];
  const token = link.split('/').at(-1);
  const guest = await open();
  await go(guest.page, `${site}/en/l/${token}`);
  assert.match(guest.page.url(), /\/en\/pay\/[a-z2-7]{26}/);
  const altered = token.slice(0, 30) + (token[30] === 'A' ? 'B' : 'A')
    + token.slice(31);
  const answer = await go(guest.page, `${site}/en/l/${altered}`);
  assert.notEqual(answer.status(), 303);
  assert.doesNotMatch(guest.page.url(), /\/en\/pay\/[a-z2-7]{26}/);
  await guest.browser.close();
});
