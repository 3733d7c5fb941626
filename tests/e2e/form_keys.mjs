// How a form is worked by keys: what a person types into each type of field, and what must be kept.
import assert from 'node:assert/strict';

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Tab by Tab, as far as the field: each has to be reached. */
export async function focusField(page, name) {
  for (let step = 0; step < 80; step += 1) {
    const here = await page.evaluate((id) => {
      const at = document.activeElement;
      return Boolean(at && (at.id.endsWith(id) || at.closest(`[id$="${id}"]`)));
    }, `-${name}`);
    if (here) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${name}`);
}

const typed = (text, expected = text) => async (page) => {
  await page.keyboard.type(text);
  return (value) => value === expected;
};

/** Opens the list, finds by words, takes the first. */
async function pick(page, words = '') {
  await page.keyboard.press('Enter');
  const options = page.locator('[role="option"]');
  await options.first().waitFor();
  if (words) {
    await page.keyboard.type(words);
    await options.filter({ hasText: words }).first().waitFor();
  }
  await page.keyboard.press('Enter');
}

async function pickSeveral(page, searched) {
  await page.keyboard.press('Enter');
  await page.locator('[role="option"]').first().waitFor();
  const take = searched ? 'Enter' : 'Space';
  await press(page, take, 'ArrowDown', take);
  await page.locator('[role="option"][aria-selected="true"]').nth(1).waitFor();
  await page.keyboard.press('Escape');
  return (value) => Array.isArray(value) && value.length === 2;
}

async function choose(page) {
  await pick(page);
  return (value) => typeof value === 'string' || typeof value?.id === 'string';
}

export const fileOf = (name) => ({
  name, mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU'
    + 'lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });

const attach = (several) => async (page, { name }) => {
  const asked = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  const files = several ? [fileOf(`${name} 1.png`), fileOf(`${name} 2.png`)]
    : [fileOf(`${name}.png`)];
  await (await asked).setFiles(files);
  await page.getByText(files.at(-1).name).first().waitFor();
  return (value) => (several ? value?.length === 2 : Boolean(value));
};

async function address(page, _, locale) {
  await pick(page, locale === 'en' ? 'China' : '中国');
  for (const part of ['浙江省', '杭州市', '西湖区']) {
    await page.keyboard.press('Tab');
    await pick(page, part);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type('文一路 1 号');
  await page.keyboard.press('Tab');
  await page.keyboard.type('310012');
  return (value) => value.country === 'CN' && value.region === '330106' && value.city === '杭州市'
    && value.street === '文一路 1 号' && value.postcode === '310012';
}

async function place(page) {
  await page.keyboard.type('30.25');
  await page.keyboard.press('Tab');
  await page.keyboard.type('120.16');
  return (value) => Number(value.latitude) === 30.25 && Number(value.longitude) === 120.16;
}

async function sign(page) {
  await page.keyboard.type('Anna Berg');
  await press(page, 'Tab', 'Enter');
  await page.locator('.picture.sign img').waitFor();
  return (value) => Boolean(value);
}

/** Bold, a list, a link: each by its keys; what is kept has the server's form. */
async function richly(page) {
  await press(page, 'Control+b');
  await page.keyboard.type('Rich');
  await press(page, 'Control+b');
  await page.keyboard.type(' words');
  await press(page, 'Enter', 'Control+Shift+Digit8');
  await page.keyboard.type('see ');
  await press(page, 'Control+k');
  await page.keyboard.type('example.com');
  await press(page, 'Enter');
  return (value) => value === '<p><strong>Rich</strong> words</p><ul><li>see '
    + '<a href="https://example.com">example.com</a></li></ul>';
}

/** Of several currencies the code is typed with the amount. */
async function priced(page, { currencies }) {
  if (!currencies) return typed('1,234.50', '1234.50')(page);
  await page.keyboard.type('1,234.5 usd');
  return (value) => value.amount === '1234.50' && value.currency === 'USD';
}

const fillers = {
  text: typed('A sample'), long_text: typed('Several words'), rich_text: richly,
  integer: typed('1,042', 1042), decimal: typed('3.14'), money: priced,
  percent: typed('12.5', '0.1250'), date: typed('2026-4-30', '2026-04-30'),
  time: async (page) => {
    await page.keyboard.type('0930AM');
    return (value) => value.startsWith('09:30');
  },
  datetime: async (page) => {
    await page.keyboard.type('04302026');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0930AM');
    return (value) => new Date(value).toISOString() === '2026-04-30T01:30:00.000Z';
  },
  duration: typed('1h 30m', 'PT1H30M'), email: typed('ann@example.com'),
  phone: async (page) => {
    await page.keyboard.type('0571-8888 8888');
    return (value) => value === '+8657188888888';
  },
  url: typed('https://example.com/a'), color: typed('#2449c8'), barcode: typed('4006381333931'),
  boolean: async (page) => {
    await page.keyboard.press('Space');
    return (value) => value === true;
  },
  choice: choose, reference: choose, user: choose, department: choose,
  choices: (page) => pickSeveral(page, false), references: (page) => pickSeveral(page, true),
  users: (page) => pickSeveral(page, true),
  rating: async (page) => {
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight');
    return (value) => Number(value) === 3;
  },
  json: async (page) => {
    await page.keyboard.type('{"a": [1, 2]}');
    return (value) => JSON.stringify(value) === '{"a":[1,2]}';
  },
  file: attach(false), image: attach(false), files: attach(true), address, location: place,
  signature: sign,
};

/** Types into the field that has the focus; answers what its kept value must be like. */
export function fillByKeys(page, field, locale) {
  const fill = fillers[field.type] ?? assert.fail(`no keys for ${field.type}`);
  return fill(page, field, locale);
}

/** A cell of the lines, by place. */
export const cellAt = (page, row, column) => page.locator(
  `.lg-rows [aria-rowindex="${row + 2}"] [data-column="${column}"]`);

export async function cellText(page, row, column) {
  const cell = cellAt(page, row, column);
  const box = cell.locator('input');
  return await box.count() ? box.inputValue() : (await cell.textContent()).trim();
}

export async function pasteText(page, text) {
  await page.evaluate((one) => navigator.clipboard.writeText(one), text);
  await page.keyboard.press('Control+v');
}

/** Milliseconds from each key to the frame that shows it. */
export async function keyTimes(page, keyOf, count) {
  await page.evaluate(() => {
    globalThis.keyTimes = [];
    globalThis.keyListener ??= document.addEventListener('keydown', () => {
      const pressed = performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => globalThis.keyTimes.push(performance.now() - pressed);
        port2.postMessage(null);
      });
    }, true) ?? true;
  });
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press(keyOf(index));
    await page.waitForTimeout(20);
  }
  return page.evaluate(() => globalThis.keyTimes);
}

export const quantile = (times, part) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
