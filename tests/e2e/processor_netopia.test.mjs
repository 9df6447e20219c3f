// Netopia: an order made by a call, its hosted page, a notification with a
// token, and an end on demand.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { site, box, env, open, go, lookUp, startPaying, payAtProcessor, state,
  waitState, waitMail, takeCode, balance, lastPayment, assertSettledOnce,
  assertBooks, behave, sql } from './stack.mjs';

const { browser, context } = await open();
after(() => browser.close());

test('is declined, approves at the bank, gets a receipt', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'netopia@example.org');
  await startPaying(page);
  await payAtProcessor(page, '4000 0000 0000 0002');
  assert.match(await page.textContent('main'), /declined/);
  await payAtProcessor(page, '4000 0025 0000 3155');
  await page.click('button[value=approve]');
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(balance(code).minor, 0);
  await waitMail('netopia@example.org');
  await page.close();
});

test('leaves, cancels for certain, starts again and pays', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'again@example.org');
  const bill = page.url();
  await startPaying(page);
  await page.click('button[value=cancel]');
  await page.waitForURL(`${site}/en/pay/status/**`);
  assert.equal(await state(page), 'started');
  await page.click('form[action$="/cancel"] button');
  await waitState(page, ['cancelled']);
  await go(page, bill);
  await startPaying(page);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});

test('the answer to the start is lost, a notification is forged', async () => {
  const guest = await open();
  const code = takeCode();
  await lookUp(guest.page, code, 'lost@example.org');
  await behave({ create: 'error_after', notify: 'forged' });
  await guest.page.click('form[action$="/start"] button[type=submit]');
  await guest.page.waitForURL(`${site}/en/pay/status/**`);
  await behave({ create: 'normal' });
  // the sweep starts it again under its number, and finds the same order
  await waitState(guest.page, ['started']);
  const link = guest.page.locator('main a.button[href*="/c/pay/"]');
  for (let i = 0; i < 40 && await link.count() === 0; i++) {
    await guest.page.waitForTimeout(500);
    await go(guest.page, guest.page.url());
  }
  await go(guest.page, await link.getAttribute('href'));
  await payAtProcessor(guest.page);
  await guest.page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(guest.page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(sql(`SELECT 1 FROM audit.payment WHERE payment_id =
    '${lastPayment(code)}'`).length, 1);
  await behave({ notify: 'normal' });
  await guest.browser.close();
});

test('a refund at the processor\'s desk is told and posted', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'refund@example.org');
  await startPaying(page);
  const ntpId = page.url().split('/').at(-1);
  await payAtProcessor(page);
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  const payment = lastPayment(code);
  execFileSync('curl', ['-fsS', '--cacert', env.CA, '-o', '/dev/null', '-H',
    `Origin: ${box}`, '-d', 'csrf=sandbox&amount=1.10', `${box}/refund/${ntpId}`]);
  for (let i = 0; i < 40 && balance(code).minor !== 110; i++) {
    await page.waitForTimeout(250);
  }
  assert.equal(balance(code).minor, 110, 'the bill is open again by that');
  assert.equal(sql(`SELECT 1 FROM audit.ledger WHERE payment_id = '${payment}'
    AND kind = 'refund' AND account = 'processor_clearing'
    AND amount_minor = -110`).length, 1);
  assertBooks();
  await page.close();
});
