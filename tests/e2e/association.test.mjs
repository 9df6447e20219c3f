// An association of owners with 500 sites: one log-in, and 120 of its bills
// paid at once.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as stack from './stack.mjs';

const { site, env } = stack;
const client = '77007701', code = 'ASOCPROP770077', sites = 500, chosen = 120;
const email = 'acc.asoc@example.net', password = 'scara B, etajul patru';
const number = (n) => `AP-${String(n).padStart(3, '0')}`;

// The day so many days before today.
const day = (ago) => new Date(Date.now() - ago * 86400000)
  .toISOString().slice(0, 10);

// What the company's billing system would bring.
function importFile(kind, header, lines) {
  const dir = mkdtempSync('/tmp/smetka-asoc.');
  const file = path.join(dir, `${kind}.csv`);
  try {
    chmodSync(dir, 0o755);
    writeFileSync(file, [header, ...lines].join('\n') + '\n');
    return execFileSync('bash', ['-c', `. nginx/lib.sh
      as "$SM_WEB_USER" "$SMETKA_BIN/smetka" import "$1" \
        --config "$SMETKA_STACK/etc/ctl.conf" "$2"`, '-', kind, file],
    { encoding: 'utf8' });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('500 sites, 120 bills paid at once', { timeout: 180000 }, async (t) => {
  const all = [...Array(sites).keys()].map((n) => n + 1);
  importFile('accounts', 'client_code,payment_code,name,kind,currency,contract,'
    + 'utility,supply_point,address', all.map((n) => `${client},${code},`
    + `Asociația Prop 77,association,RON,CA-${n},electricity,PA-${n},`
    + `"Bloc ${Math.ceil(n / 50)}, ap. ${n}"`));
  importFile('invoices', 'seller,number,currency,issued_on,due_on,net,tax,'
    + 'contract,supply_point', all.map((n) => `RO18547290,${number(n)},RON,`
    + `${day(n <= chosen ? 20 : 5)},${day(-10)},${10 + n}.00,2.00,CA-${n},`
    + `PA-${n}`));
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await page.goto(`${site}/en/register`);
  for (const [name, value] of Object.entries({ client_code: client,
    invoice_no: number(7), email, password, password_again: password }))
    await page.fill(`[name=${name}]`, value);
  await page.check('[name=terms]');
  await page.click('main form button[type=submit]');
  const mail = (await stack.waitMail(email)).at(-1);
  await page.goto(stack.linkIn(mail, `${site}/en/activate/`));
  await page.click('main form button[type=submit]');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('main form button[type=submit]');
  assert.equal(page.url(), `${site}/en/home`);

  await page.goto(`${site}/en/invoices`);
  assert.match(await page.textContent('main'), /500 bills/);
  await page.fill('[name=to]', day(15));
  await page.click('.filter button');
  assert.match(await page.textContent('main'), /120 bills/);
  await page.click('a[href*="all=1"]');
  assert.equal(await page.locator('tbody [name=invoice]:checked').count(),
    chosen);
  assert.deepEqual(await stack.axeFindings(page), []);
  await page.setViewportSize({ width: 320, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth
    <= document.documentElement.clientWidth), 'nothing is wider than a phone');
  await page.click('form#choice button');
  assert.match(await page.textContent('main'), /120 bills/);
  // 11 + 12 + ... + 130, and 2 of tax each
  const sum = (11 + 130) * chosen / 2 + 2 * chosen;
  assert.match((await page.textContent('main')).replaceAll(',', ''),
    new RegExp(`RON.${sum}\\.00`));
  await stack.startPaying(page);
  await stack.payAtProcessor(page);
  assert.equal(await stack.waitState(page, ['settled']), 'settled');
  stack.assertSettledOnce(code, stack.lastPayment(code));
  await page.goto(`${site}/en/invoices?state=open`);
  assert.match(await page.textContent('main'), /380 bills/);
  assert.equal(stack.balance(code).minor,
    100 * ((10 + 121 + 10 + 500) * 380 / 2 + 2 * 380));
});
