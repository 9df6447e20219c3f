// A worker is killed with -9 between the processor's capture and our commit:
// one settlement and one receipt all the same.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dir, open, lookUp, startPaying, payAtProcessor, waitMail, mails,
  takeCode, lastPayment, assertSettledOnce } from './stack.mjs';

// Worker processes of this stack of both instances of pay: children of its
// master, each once (the program's name is one of the words of both).
function workers() {
  const master = readFileSync(path.join(dir, 'run', 'master.pid'), 'utf8').trim();
  return readdirSync('/proc').filter((d) => /^\d+$/.test(d)).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return parent === master && (words.includes('pay') || words.includes('notify'));
    } catch { return false; }
  }).map(Number);
}

test('kill -9 while the capture waits for our commit', async () => {
  const guest = await open();
  const code = takeCode();
  const email = 'crash@example.org';
  await lookUp(guest.page, code, email);
  await startPaying(guest.page);
  const payment = lastPayment(code);
  // hold the attempt's row, so that notification and return stand before
  // their commit, then kill both workers
  const holder = spawn('tests/e2e/hold', [process.env.SMETKA_STACK, payment, '4'],
    { stdio: 'inherit' });
  await new Promise((done) => setTimeout(done, 700));
  payAtProcessor(guest.page).catch(() => {});
  await new Promise((done) => setTimeout(done, 1500));
  const before = workers();
  assert.ok(before.length >= 2, 'both instances of pay run');
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await new Promise((done) => holder.on('exit', done));
  await waitMail(email, 60);
  assertSettledOnce(code, payment);
  await new Promise((done) => setTimeout(done, 3000));
  assert.equal(mails(email).length, 1);
  const now = workers();
  assert.ok(now.length >= 2 && now.every((pid) => !before.includes(pid)),
    'master started new ones');
  await guest.browser.close();
});
