/** Parsing and formatting of tables, numbers and times. */

/** Parses comma-separated values, which may be quoted. */
export function parseCsv(text) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell !== '' || row.length) { row.push(cell); rows.push(row); }
  return rows;
}

/** Shortens a number's text; returns other text unchanged. */
export function number(text) {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return String(text);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return value.toLocaleString('en');
  if (size >= 1e9 || size < 1e-3) return value.toExponential(3);
  return size >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(4);
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.round(seconds), h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60, s = whole % 60;
  return h ? `${h} h ${m} min` : m ? `${m} min ${s} s` : `${s} s`;
}

/** Returns the labels of an axis, with as many digits as distinguish the ticks. */
export function tickTexts(ticks, increment) {
  let decimals = -Math.floor(Math.log10(increment));
  while (decimals < 15 && Math.abs(Math.round(increment * 10 ** decimals) / 10 ** decimals / increment - 1) > 1e-6) decimals++;
  const largest = Math.max(...ticks.map(Math.abs));
  if (largest >= 1e-2 && largest < 1e5) return ticks.map(tick => tick.toFixed(Math.max(0, decimals)));
  return ticks.map(tick => Math.abs(tick) < increment / 2 ? '0' : tick.toExponential(Math.max(0, decimals + Math.floor(Math.log10(Math.abs(tick)) + 1e-9))));
}

/** The name and the parent of a folder. */
export function nameOf(id) { return id.split('/').pop(); }
export function folderOf(id) { return id.split('/').slice(0, -1).join('/'); }
