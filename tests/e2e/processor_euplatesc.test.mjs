// EuPlatesc: one button takes the signed form there, one brings the signed
// answer back, and its server tells of the money by itself.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { site, box, open, lookUp, payAtProcessor, state, waitState, waitMail,
  takeCode, balance, lastPayment, assertSettledOnce, axeFindings, behave }
  from './stack.mjs';

const { browser, context } = await open();
after(() => browser.close());

// From the bill to the card page.
async function startPaying(page) {
  await page.click('form[action$="/start"] button[type=submit]');
  assert.equal(await page.locator('script').count(), 0);
  assert.equal(await page.locator('main form').count(), 1, 'one form');
  await page.click('form[action$="/tranzactd.php"] button');
  await page.waitForURL(`${box}/c/pay/**`);
}

test('is declined, pays with another card, gets a receipt', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'euplatesc@example.org');
  await startPaying(page);
  await payAtProcessor(page, '4000 0000 0000 0002');
  assert.match(await page.textContent('main'), /declined/);
  await payAtProcessor(page);
  await page.click('main form button'); // back, with the signed answer
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  assert.equal(balance(code).minor, 0);
  await waitMail('euplatesc@example.org');
  await page.close();
});

test('leaves, cannot cancel what is signed, goes on and pays', async () => {
  const page = await context.newPage();
  const code = takeCode();
  await lookUp(page, code, 'back@example.org');
  await startPaying(page);
  await page.click('button[value=cancel]');
  await page.waitForURL(`${site}/en/pay/status/**`);
  assert.equal(await state(page), 'started');
  await page.click('form[action$="/cancel"] button');
  await waitState(page, ['started']);
  await page.click('form[action$="/tranzactd.php"] button');
  await page.waitForURL(`${box}/c/pay/**`);
  await payAtProcessor(page);
  await page.click('main form button');
  await page.waitForURL(`${site}/en/pay/status/**`);
  await waitState(page, ['settled']);
  assertSettledOnce(code, lastPayment(code));
  await page.close();
});

test('closes the browser: the silent POST settles, a forged one does not',
  async () => {
    const guest = await open();
    const code = takeCode();
    await lookUp(guest.page, code, 'silent@example.org');
    await startPaying(guest.page);
    await behave({ notify: 'forged' });
    await payAtProcessor(guest.page);
    await guest.page.waitForSelector('form[action*="/pay/return/"]');
    await guest.browser.close();
    await waitMail('silent@example.org');
    assertSettledOnce(code, lastPayment(code));
    await behave({ notify: 'normal' });
  });

test('the page to the card page has no accessibility finding', async () => {
  const guest = await open({ javaScriptEnabled: true, bypassCSP: true });
  await lookUp(guest.page, takeCode(), 'axe@example.org', 'ro');
  await guest.page.click('form[action$="/start"] button[type=submit]');
  await guest.page.waitForSelector('form[action$="/tranzactd.php"]');
  assert.deepEqual(await axeFindings(guest.page), []);
  await guest.browser.close();
});
