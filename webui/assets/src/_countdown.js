// A countdown in office time: the server sends the due instant and the open hours until then, all in UTC ms:
//   <time data-due="1790000000000" data-now="1789990000000" data-windows="from-to from-to …">…</time>
// Outside the windows it stands still and says so.
import { say } from './_words';

const MINUTE = 60_000;

export function left(now, due, windows) {
  const [from, to, sign] = now <= due ? [now, due, 1] : [due, now, -1];
  let sum = 0;
  for (const [opens, closes] of windows) sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
  return sign * sum;
}

// A working day is 7.5 hours (webui/due.py counts with the same number).
export function spoken(ms, day = 450) {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / day), Math.floor((minutes % day) / 60), (minutes % day) % 60];
  const parts = [[days, 'day'], [hours, 'hour'], [rest, 'minute']].filter(([n]) => n > 0).slice(0, 2);
  return parts.length ? parts.map(([n, unit]) => say(unit, { n })).join(' ') : say('moment');
}

function windowsOf(text) {
  return (text || '').split(' ').filter(Boolean).map((pair) => pair.split('-').map(Number));
}

function draw(item, skew) {
  const now = Date.now() + skew;
  const windows = windowsOf(item.dataset.windows);
  const due = Number(item.dataset.due);
  const open = windows.some(([opens, closes]) => opens <= now && now < closes);
  const counted = left(now, due, windows);
  let text = say(now > due ? 'late' : open ? 'left' : 'left_closed', { time: spoken(counted) });
  // Past its time with no office time since: webui/due.py says it the same way.
  if (item.dataset.since && now - due >= MINUTE && -counted < MINUTE) text = say('late_since', { when: item.dataset.since });
  if (item.textContent !== text) item.textContent = text;
  item.classList.toggle('is-late', now > due);
  item.classList.toggle('is-paused', now <= due && !open);
}

export function countdowns(root) {
  const items = [...root.querySelectorAll('time[data-due][data-windows]')];
  for (const item of items) {
    const skew = item.dataset.now ? Number(item.dataset.now) - Date.now() : 0;
    draw(item, skew);
    const timer = setInterval(() => (item.isConnected ? draw(item, skew) : clearInterval(timer)), 15_000);
  }
}
