// A customer looks at the charts of a place, and takes the same figures along:
// as CSV, for programs for energy, and the dates for a calendar.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as stack from './stack.mjs';

const { site, env } = stack;

async function look(page, name) {
  assert.deepEqual(await stack.axeFindings(page), [], `axe on ${name}`);
}

async function logIn(page, lang) {
  await page.goto(`${site}/${lang}/login`);
  await page.fill('[name=email]', env.CUSTOMER_EMAIL);
  await page.fill('[name=password]', env.CUSTOMER_PASSWORD);
  await page.click('main form button[type=submit]');
  assert.equal(page.url(), `${site}/${lang}/home`);
}

const widths = (page) => page.evaluate(() =>
  [document.documentElement.scrollWidth, document.documentElement.clientWidth]);

for (const [lang, width, colorScheme] of [['en', 1400, 'light'],
  ['ro', 390, 'light'], ['bg', 320, 'dark'], ['en', 1280, 'dark']]) {
  test(`charts (${lang}, ${width} px, ${colorScheme})`, async (t) => {
    const { browser, page } = await stack.open({ javaScriptEnabled: true,
      viewport: { width, height: 900 }, colorScheme });
    t.after(() => browser.close());
    await logIn(page, lang);
    await page.click(`.menu a[href="/${lang}/charts"]`);
    assert.equal(await page.getAttribute('.menu [aria-current]', 'href'),
      `/${lang}/charts`);
    await look(page, 'charts');
    for (const summary of await page.locator('.figures summary').all())
      await summary.click();
    assert.ok(await page.locator('tbody').first().isVisible());
    await look(page, 'charts with their figures');
    const [all, seen] = await widths(page);
    assert.ok(all <= seen, `${all} px in ${seen}`);
    // of the two pictures of a chart the one that fits is there
    const charts = page.locator('.chart');
    assert.ok(await charts.count() >= 3);
    for (const chart of await charts.all()) {
      const shown = chart.locator('svg').filter({ visible: true });
      assert.equal(await shown.count(), 1);
      assert.notEqual(await shown.locator('title').first().textContent(), '');
      assert.notEqual(await shown.locator('desc').first().textContent(), '');
    }
    // estimates are hatched, not only coloured
    assert.ok(await page.locator('.chart .est').count() > 0);
  });
}

test('the table, the CSV and the charts say the same', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page, 'en');
  await page.goto(`${site}/en/charts`);
  const href = await page.getAttribute('a[href*="/charts/csv"]', 'href');
  const rows = (await (await page.request.get(site + href)).text())
    .replace(/^\uFEFF/, '').trim().split('\r\n').slice(1)
    .map((line) => line.replaceAll('"', '').split(','));
  const billed = rows.filter((row) => row[1] === 'billed');
  assert.equal(billed.length, 24);
  const table = page.locator('table').first();
  const cells = await table.locator('tbody tr td.amount:nth-of-type(2)')
    .allTextContents();
  assert.deepEqual(cells.map((cell) => cell.replace(/[^0-9.-]/g, '')).reverse(),
    billed.map((row) => row[7]));
  const most = Math.max(...billed.map((row) => Number(row[7])));
  assert.match(await page.locator('.chart desc').first().textContent(),
    new RegExp(`Highest: [A-Z][a-z]+.20\\d\\d, RON.${most.toFixed(2)}\\.`));
});

test('files for programs: energy and calendar', async (t) => {
  const { browser, page } = await stack.open({ javaScriptEnabled: true });
  t.after(() => browser.close());
  await logIn(page, 'en');
  const ics = await (await page.request.get(
    site + await page.getAttribute('a[href$="/home/dates"]', 'href'))).text();
  assert.match(ics, /^BEGIN:VCALENDAR\r\n/);
  assert.match(ics, /\r\nUID:read-/);
  assert.ok(ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  await page.goto(`${site}/en/charts`);
  const xml = await (await page.request.get(
    site + await page.getAttribute('a[href*="green-button"]', 'href'))).text();
  const found = await page.evaluate((text) => {
    const doc = new DOMParser().parseFromString(text, 'application/xml');
    const count = (name) =>
      doc.getElementsByTagNameNS('http://naesb.org/espi', name).length;
    return { broken: doc.querySelector('parsererror') !== null,
      points: count('UsagePoint'), types: count('ReadingType'),
      readings: count('MeterReading'), blocks: count('IntervalBlock') };
  }, xml);
  assert.equal(found.broken, false);
  const used = (await page.locator('h2').allTextContents())
    .filter((text) => text.includes(' used,'));
  assert.equal(found.points, used.length);
  assert.equal(found.types, found.readings);
  assert.ok(found.blocks >= 24);
});
