'use strict';

const COLOURS = ['#2463c5', '#d9730d', '#1a7f4b', '#a436b8', '#c0312b', '#0f8b8d', '#8a6d00', '#6b6f76'];
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

/** What is shown: the listing, which run or sweep is open, and which runs are overlaid. */
const state = { runs: [], sweeps: {}, open: decodeURIComponent(location.hash.slice(1)), overlaid: new Set(), data: new Map(), details: new Map(), picture: null, byTime: false };

const $ = id => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== undefined && child !== ''));
  return made;
}

async function fetched(path, parameters) {
  const answer = await fetch(path + '?' + new URLSearchParams(parameters));
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/** Rows of comma-separated values, whose texts may be quoted. */
function parseCsv(text) {
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

function number(text) {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return text;
  const size = Math.abs(value);
  return Number.isInteger(value) ? value.toLocaleString('en') : size >= 1000 || size < 1e-3 ? value.toExponential(3) : value.toPrecision(4);
}

function duration(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.round(seconds), h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60, s = whole % 60;
  return h ? `${h} h ${m} min` : m ? `${m} min ${s} s` : `${s} s`;
}

// --- the list

function listened() {
  const events = new EventSource('/api/events');
  events.addEventListener('open', () => { $('connection').textContent = 'live'; });
  events.addEventListener('error', () => { $('connection').textContent = 'no connection; what is shown may be old'; });
  events.addEventListener('runs', event => {
    const listing = JSON.parse(event.data);
    const before = new Map(state.runs.map(run => [run.id, run.version]));
    state.runs = listing.runs;
    const sweepChanged = listing.sweeps[state.open] !== state.sweeps[state.open];
    state.sweeps = listing.sweeps;
    list();
    const changed = state.runs.filter(run => before.get(run.id) !== run.version).map(run => run.id);
    const gone = [...before.keys()].filter(id => !state.runs.some(run => run.id === id));
    if (sweepChanged || [...changed, ...gone].some(id => id === state.open || state.overlaid.has(id))) show();
  });
}

function list() {
  const wanted = $('filter').value.toLowerCase();
  const items = [];
  for (const sweep of Object.keys(state.sweeps)) {
    if (!sweep.toLowerCase().includes(wanted)) continue;
    items.push(element('li', { class: sweep === state.open ? 'chosen' : '' }, element('span'),
      element('button', { onclick: () => choose(sweep), 'data-id': sweep }, 'sweep ' + nameOf(sweep), element('br'), element('small', {}, folderOf(sweep)))));
  }
  for (const run of state.runs) {
    if (!run.id.toLowerCase().includes(wanted)) continue;
    const share = run.total ? Math.min(100, 100 * run.step / run.total) : 0;
    items.push(element('li', { class: run.id === state.open ? 'chosen' : '' },
      element('input', { type: 'checkbox', checked: state.overlaid.has(run.id), 'aria-label': 'overlay ' + run.id,
        onchange: event => { if (event.target.checked) state.overlaid.add(run.id); else state.overlaid.delete(run.id); show(); } }),
      element('button', { onclick: () => choose(run.id), 'data-id': run.id, 'aria-current': run.id === state.open ? 'true' : undefined },
        nameOf(run.id), element('br'), element('small', {}, folderOf(run.id)), element('br'),
        element('small', {}, stateOf(run), ` ${run.step.toLocaleString('en')} of ${run.total.toLocaleString('en')}`),
        bar(share))));
  }
  const focused = document.activeElement?.dataset?.id;
  $('runs').replaceChildren(...items);
  if (focused) $('runs').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function nameOf(id) { return id.split('/').pop(); }
function folderOf(id) { return id.split('/').slice(0, -1).join('/'); }
function stateOf(run) { return element('span', { class: 'state ' + run.state.replace(' ', '-') }, run.state); }

function bar(share) {
  const inner = element('i');
  inner.style.width = share + '%';
  return element('div', { class: 'bar' }, inner);
}

function choose(id) {
  state.open = id;
  state.picture = null;
  history.replaceState(null, '', '#' + encodeURIComponent(id));
  list();
  show();
  if (matchMedia('(max-width: 46rem)').matches) $('main').focus();
}

// --- what is shown of a run

/** The measured values of a run, of which only what is new is fetched. */
async function metrics(id) {
  const known = state.data.get(id) || { next: 0, columns: [], rows: [] };
  const part = await (await fetched('/api/metrics', { run: id, from: known.next })).json();
  const begun = part.next < known.next || (known.next > 0 && part.text.startsWith('steps-done,'));
  const from = begun ? { next: 0, columns: [], rows: [] } : known;
  const rows = parseCsv(part.text);
  if (!from.columns.length && rows.length) from.columns = rows.shift();
  for (const row of rows) if (row.length === from.columns.length) from.rows.push(row.map(cell => cell === '' ? null : Number(cell)));
  from.next = part.next;
  state.data.set(id, from);
  return from;
}

let showing = 0;

async function show() {
  const turn = ++showing;
  try {
    if (state.open in state.sweeps) return await showSweep(turn);
    const run = state.runs.find(one => one.id === state.open);
    if (!run) {
      if (state.open) $('main').replaceChildren(element('p', { class: 'hint' }, `${state.open} is not there any more.`));
      return;
    }
    const shown = [run.id, ...[...state.overlaid].filter(id => id !== run.id && state.runs.some(one => one.id === id))];
    const [details, ...data] = await Promise.all([
      fetched('/api/run', { run: run.id }).then(answer => answer.json()), ...shown.map(metrics)]);
    const others = await Promise.all(shown.slice(1).map(id => fetched('/api/run', { run: id }).then(answer => answer.json())));
    if (turn !== showing) return;
    const kept = { x: scrollX, y: scrollY, open: [...$('main').querySelectorAll('details[open]')].map(one => one.id) };
    $('main').replaceChildren(
      heading(run, data[0]), ...pictures(run, details), ...evaluations(details, run),
      ...charts(shown, data), ...keys(shown, [details, ...others]),
      folded('provenance', 'Provenance', element('div', { class: 'scroll' }, element('pre', {}, details.provenance))),
      folded('log', 'End of the log', element('div', { class: 'scroll', id: 'log-text' }, element('pre', {}, details.log))));
    for (const id of kept.open) if ($(id)) $(id).open = true;
    if ($('log-text')) $('log-text').scrollTop = $('log-text').scrollHeight;
    scrollTo(kept.x, kept.y);
  } catch (error) {
    if (turn === showing) $('connection').textContent = error.message;
  }
}

function folded(id, title, content) {
  return element('details', { id: 'fold-' + id }, element('summary', {}, element('strong', {}, title)), content);
}

function heading(run, data) {
  const rate = last(data, 'examples-per-second');
  const facts = [stateOf(run), `step ${run.step.toLocaleString('en')} of ${run.total.toLocaleString('en')}`];
  if (run.seconds) facts.push(`${duration(run.seconds)} so far`);
  if (rate) facts.push(`${rate.toPrecision(3)} examples/s`);
  if (run.state === 'training' && run.step > 0 && run.seconds) facts.push(`about ${duration(run.seconds / run.step * (run.total - run.step))} left`);
  facts.push(`as of ${new Date(run.updated).toLocaleTimeString()}`);
  const parts = [element('h2', {}, run.id), element('div', { class: 'facts' }, ...facts.map(fact => element('span', {}, fact))),
    bar(run.total ? 100 * run.step / run.total : 0)];
  if (run.error) parts.push(element('p', { class: 'error', role: 'alert' }, run.error));
  return element('section', {}, ...parts);
}

function last(data, column) {
  const index = data.columns.indexOf(column);
  return index < 0 || !data.rows.length ? null : data.rows[data.rows.length - 1][index];
}

function pictures(run, details) {
  const names = details.pictures;
  if (!names.length) return [];
  const at = state.picture === null ? names.length - 1 : Math.min(state.picture, names.length - 1);
  const image = element('img', { class: 'samples', alt: 'samples of the model', src: pictureOf(run, names[at]) });
  const label = element('span', {}, stepOf(names[at]));
  const slider = element('input', { type: 'range', min: 0, max: names.length - 1, value: at, 'aria-label': 'step of the samples',
    oninput: event => {
      const chosen = Number(event.target.value);
      state.picture = chosen === names.length - 1 ? null : chosen;
      image.src = pictureOf(run, names[chosen]);
      label.textContent = stepOf(names[chosen]);
    } });
  return [element('h3', {}, 'Samples ', label), names.length > 1 ? slider : '', image];
}

function stepOf(name) { return 'at step ' + Number(name.replace('.png', '')).toLocaleString('en'); }
function pictureOf(run, name) { return '/api/picture?' + new URLSearchParams({ run: run.id, name }); }

function evaluations(details, run) {
  const [columns, ...rows] = parseCsv(details.evaluations);
  if (!columns || !rows.length) return [];
  const records = rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
  const real = records.filter(record => record.checkpoint === '');
  const made = records.filter(record => record.checkpoint !== '');
  const steps = [...new Set(made.map(record => Number(record.checkpoint)))].sort((a, b) => a - b);
  const names = [...new Set(made.map(record => record.metric))];
  const latest = (from, metric, step) => from.filter(record => record.metric === metric && (step === undefined || Number(record.checkpoint) === step)).pop();
  const body = names.map(name => {
    const values = steps.map(step => latest(made, name, step));
    const better = values.find(Boolean).better;
    const known = values.filter(Boolean).map(record => Number(record.value));
    const best = known.length < 2 ? null : better === 'lower' ? Math.min(...known) : better === 'higher' ? Math.max(...known) : null;
    const floor = latest(real, name);
    return element('tr', {}, element('td', {}, name),
      ...values.map(record => element('td', { class: record && best !== null && Number(record.value) === best ? 'best' : '' }, record ? String(number(record.value)) : '')),
      element('td', { class: 'muted' }, floor ? String(number(floor.value)) : ''));
  });
  const head = element('tr', {}, element('th', {}, 'measured'), ...steps.map(step => element('th', {}, 'step ' + step.toLocaleString('en'))), element('th', {}, 'of real examples'));
  const parts = [element('h3', {}, 'Evaluations'), element('div', { class: 'scroll' }, element('table', {}, head, ...body))];
  if (steps.length > 1) {
    parts.push(element('div', { class: 'charts' }, ...names.filter(name => latest(made, name).better !== 'neither').map(name => {
      const floor = latest(real, name);
      const series = [{ label: name, values: steps.map(step => { const record = latest(made, name, step); return record ? Number(record.value) : null; }) }];
      if (floor) series.push({ label: 'of real examples', values: steps.map(() => Number(floor.value)), dash: [6, 4], colour: '#6b6f76' });
      return chart(name, steps, series);
    })));
  }
  return parts;
}

// --- curves

const GROUPS = [
  ['Losses', /loss/], ['Logits', /^logit/], ['Penalties', /penalty/], ['Gradient norms', /gradient-norm/],
  ['Learning rates', /learning-rate/], ['Examples per second', /examples-per-second/]];

function groupOf(column) { const found = GROUPS.find(([, pattern]) => pattern.test(column)); return found ? found[0] : 'Others'; }

function charts(ids, data) {
  const columns = [...new Set(data.flatMap(one => one.columns.slice(1)))];
  if (!columns.length) return [];
  if (data.every(one => !one.rows.length)) return [element('h3', {}, 'Curves'), element('p', { class: 'hint' }, 'There are none before the first row of the metrics, after training.log-every steps.')];
  const titles = [...new Set([...GROUPS.map(([title]) => title), 'Others'])];
  const byTime = columns.some(column => /-t\d+$/.test(column));
  const plots = titles.map(title => {
    const chosen = columns.filter(column => groupOf(column) === title && (state.byTime || !/-t\d+$/.test(column)));
    if (!chosen.length) return '';
    const steps = [...new Set(data.flatMap(one => one.rows.map(row => row[0])))].sort((a, b) => a - b);
    const place = new Map(steps.map((step, i) => [step, i]));
    const series = [];
    data.forEach((one, run) => chosen.forEach((column, i) => {
      const index = one.columns.indexOf(column);
      if (index < 0) return;
      const values = new Array(steps.length).fill(null);
      for (const row of one.rows) values[place.get(row[0])] = Number.isFinite(row[index]) ? row[index] : null;
      series.push({ label: (data.length > 1 ? nameOf(ids[run]) + ' ' : '') + column, values, colour: COLOURS[i % COLOURS.length], dash: DASHES[run % DASHES.length] });
    }));
    return chart(title, steps, series);
  });
  const parts = [element('h3', {}, 'Curves ')];
  if (byTime) {
    parts.push(element('label', {}, element('input', { type: 'checkbox', checked: state.byTime, id: 'by-time',
      onchange: event => { state.byTime = event.target.checked; show(); } }), ' for each time t'));
  }
  parts.push(element('div', { class: 'charts' }, ...plots));
  return parts;
}

function chart(title, steps, series) {
  const box = element('div', { class: 'chart' }, element('h4', {}, title));
  const style = getComputedStyle(document.documentElement);
  const axis = { stroke: style.getPropertyValue('--muted'), grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { stroke: style.getPropertyValue('--line'), width: 1 } };
  const options = {
    width: 340, height: 200, scales: { x: { time: false } },
    axes: [axis, { ...axis, size: 58, values: (self, ticks) => ticks.map(tick => Math.abs(tick) >= 1e5 || (tick !== 0 && Math.abs(tick) < 1e-3) ? tick.toExponential(0) : String(tick)) }],
    series: [{ label: 'step' }, ...series.map((one, i) => ({ label: one.label, stroke: one.colour || COLOURS[i % COLOURS.length], width: 1.5, dash: one.dash || [], spanGaps: true, points: { show: steps.length < 3 } }))] };
  requestAnimationFrame(() => {
    options.width = Math.max(220, box.clientWidth - 16);
    new uPlot(options, [steps, ...series.map(one => one.values)], box);
  });
  return box;
}

// --- keys, and sweeps

function keys(ids, details) {
  const names = [...new Set(details.flatMap(one => Object.keys(one.keys)))].sort();
  const rows = names.map(name => {
    const values = details.map(one => one.keys[name] ?? '');
    const differs = new Set(values).size > 1;
    return { differs, row: element('tr', { class: differs ? 'differs' : '' }, element('td', {}, name), ...values.map(value => element('td', {}, value))) };
  });
  const head = element('tr', {}, element('th', {}, 'key'), ...ids.map(id => element('th', {}, nameOf(id))));
  const table = shown => element('div', { class: 'scroll' }, element('table', {}, head.cloneNode(true), ...shown.map(one => one.row)));
  const differing = rows.filter(one => one.differs);
  const parts = [];
  if (ids.length > 1) {
    parts.push(element('h3', {}, 'Differing keys'), differing.length ? table(differing.map(one => ({ row: one.row.cloneNode(true) }))) : element('p', { class: 'hint' }, 'none'));
  }
  parts.push(element('p'), folded('keys', 'Configuration', table(rows)));
  return parts;
}

async function showSweep(turn) {
  const [columns, ...rows] = parseCsv(await (await fetched('/api/results', { sweep: state.open })).text());
  if (turn !== showing) return;
  const status = columns.indexOf('status');
  const counts = new Map();
  rows.forEach(row => counts.set(row[status], (counts.get(row[status]) || 0) + 1));
  // what was measured stands between the seed and the status, what was varied before the seed
  const seed = columns.indexOf('seed');
  const measured = name => columns.indexOf(name) > seed && columns.indexOf(name) < status;
  const isEmpty = index => rows.every(row => row[index] === '');
  const order = [0, status, columns.length - 1, ...columns.keys()].filter((index, at, all) => all.indexOf(index) === at && !isEmpty(index));
  const named = id => state.runs.find(run => run.id === `${state.open}/runs/${id}`);
  const told = row => {
    const run = named(row[0]);
    return run && row[status] === 'pending' ? `${run.state} ${Math.floor(100 * run.step / Math.max(1, run.total))} %` : row[status];
  };
  const table = element('table', {}, element('tr', {}, ...order.map(index => element('th', {}, columns[index]))),
    ...rows.map(row => element('tr', {}, ...order.map(index => {
      if (index === 0 && named(row[0])) return element('td', {}, element('a', { href: '#', onclick: event => { event.preventDefault(); choose(named(row[0]).id); } }, row[0]));
      if (index === status) return element('td', { class: 'state ' + told(row).split(' ')[0] }, told(row));
      return element('td', {}, measured(columns[index]) ? String(number(row[index])) : row[index]);
    }))));
  const kept = $('main').querySelector('.sweep')?.scrollLeft || 0;
  $('main').replaceChildren(element('h2', {}, 'sweep ' + nameOf(state.open)),
    element('div', { class: 'facts' }, ...[...counts].map(([name, count]) => element('span', {}, `${count} ${name}`))),
    element('div', { class: 'scroll sweep', style: 'max-height: none' }, table));
  $('main').querySelector('.sweep').scrollLeft = kept;
}

$('filter').addEventListener('input', list);
listened();
