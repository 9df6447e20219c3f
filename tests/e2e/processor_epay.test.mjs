// ePay.bg: a form leads there, a notification settles; at its counter a bill
// is paid by its code alone.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { site, box, open, lookUp, payAtProcessor, waitState, waitMail,
  takeCode, balance, lastPayment, assertSettledOnce, assertBooks, axeFindings,
  sql } from './stack.mjs';

const { browser, context } = await open();
after(() => browser.close());

test('pays at ePay.bg and gets a receipt', async () => {
  const page = await context.newPage();
  const code = takeCode('EUR');
  await lookUp(page, code, 'epay@example.org');
  await page.click('form[action$="/start"] button[type=submit]');
  assert.equal(await page.locator('main form button').count(), 1);
  assert.equal(await page.locator('script').count(), 0);
  await page.click('main form button');
  await page.waitForURL(`${box}/c/pay/**`);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(balance(code).minor, 0);
  await waitMail('epay@example.org');
  await page.close();
});

test('refuses there: the notification closes it', async () => {
  const guest = await open({ javaScriptEnabled: true, bypassCSP: true });
  try {
    const page = guest.page;
    const code = takeCode('EUR');
    await lookUp(page, code, 'refused@example.org');
    await page.click('form[action$="/start"] button[type=submit]');
    assert.deepEqual(await axeFindings(page), []);
    await page.click('main form button');
    await page.waitForURL(`${box}/c/pay/**`);
    await page.click('button[value=cancel]');
    await page.waitForURL(`${site}/en/pay/status/**`);
    await waitState(page, ['declined']);
    assert.ok(balance(code).minor > 0);
  } finally {
    await guest.browser.close();
  }
});

test('a bill is paid at the counter, once', async () => {
  const page = await context.newPage();
  const code = takeCode('EUR');
  const before = balance(code).minor;
  await page.goto(`${box}/counter`);
  await page.fill('[name=code]', code);
  await page.click('button[value=look]');
  const main = await page.textContent('main');
  assert.doesNotMatch(main, /@/, 'nobody is named');
  const total = Number(await page.inputValue('[name=total]'));
  assert.equal(total, before);
  const form = {};
  for (const name of ['csrf', 'code', 'tid', 'total']) {
    form[name] = await page.inputValue(`[name=${name}]`);
  }
  await page.click('button[value=pay]');
  assert.match(await page.textContent('main'), /STATUS 00/);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(balance(code).minor, 0);
  const again = await context.request.post(`${box}/counter`,
    { form: { ...form, action: 'pay' }, headers: { origin: box } });
  assert.match(await again.text(), /STATUS 94/, 'the same number once more');
  assertSettledOnce(code, lastPayment(code));
  assert.equal(sql(`SELECT 1 FROM audit.payment p JOIN audit.account a
    USING (account_id) WHERE a.payment_code_hint = '${code.slice(-4)}'`).length, 1);
  await page.fill('[name=code]', 'ZZZZ9999ZZZZ');
  await page.click('button[value=look]');
  assert.match(await page.textContent('main'), /STATUS 14/);
  assertBooks();
  await page.close();
});
