// BORICA: the browser carries the sale there and the signed answer back, each
// by one button and without a script.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { site, box, open, lookUp, payAtProcessor, waitState, waitMail,
  takeCode, balance, lastPayment, assertSettledOnce, axeFindings }
  from './stack.mjs';

const { browser, context } = await open();
after(() => browser.close());

// The page between the bill and the gateway: one form, one button.
async function onlyButton(page) {
  assert.equal(await page.locator('main form').count(), 1, 'one form');
  const button = page.locator('main form button');
  assert.equal(await button.count(), 1, 'one button');
  return button;
}

test('pays by card and gets a receipt', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'borica@example.org');
  await page.click('form[action$="/start"] button[type=submit]');
  const button = await onlyButton(page);
  assert.equal(await page.locator('script').count(), 0);
  assert.match(page.url(), /\/start$/);
  await button.click();
  await page.waitForURL(`${box}/c/pay/**`);
  await payAtProcessor(page, '4000 0025 0000 3155');
  await page.click('button[value=approve]');
  await page.click('main form button'); // back, with the signed answer
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(balance(code).minor, 0);
  await waitMail('borica@example.org');
  await page.close();
});

test('leaves, goes on from the status page, is declined', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'left@example.org');
  await page.click('form[action$="/start"] button[type=submit]');
  await page.waitForSelector('form[action$="/cgi-bin/cgi_link"]');
  // closes the gateway's page; the mailed or remembered status page leads on
  const payment = lastPayment(code);
  assert.ok(payment);
  await page.goBack();
  await page.reload();
  await page.click('a[href*="/pay/status/"]');
  assert.equal(await page.getAttribute('main', 'data-payment-state'), 'started');
  await page.click('form[action$="/cgi-bin/cgi_link"] button');
  await page.waitForURL(`${box}/c/pay/**`);
  await payAtProcessor(page, '4000 0000 0000 0002');
  await page.click('main form button');
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['declined']);
  await page.close();
});

test('the page to the gateway has no accessibility finding', async () => {
  const guest = await open({ javaScriptEnabled: true, bypassCSP: true });
  try {
    await lookUp(guest.page, takeCode(), 'axe@example.org');
    await guest.page.click('form[action$="/start"] button[type=submit]');
    await onlyButton(guest.page);
    assert.deepEqual(await axeFindings(guest.page), []);
  } finally {
    await guest.browser.close();
  }
});
