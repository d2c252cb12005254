import { $, Parts, arrange, element } from './dom.js';
import { bar, runPage, setBar, stateOf } from './run.js';
import { sweepPage } from './sweep.js';
import { folderOf, nameOf, parseCsv } from './values.js';

/** The page's state: the listing, the open run or sweep, and the overlaid runs. The address stores the latter two. */
const state = { runs: [], sweeps: {}, open: '', overlaid: new Set(), isByTime: false };

const listed = new Parts(), shown = new Parts();

function readAddress() {
  const text = location.hash.slice(1), parameters = new URLSearchParams(text.includes('=') ? text : '');
  state.open = parameters.get('open') ?? decoded(text);
  state.overlaid = new Set(parameters.getAll('with'));
}

/** Decodes an address; empty if it is malformed. */
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ''; }
}

function writeAddress() {
  const parameters = new URLSearchParams({ open: state.open });
  for (const id of state.overlaid) parameters.append('with', id);
  history.replaceState(null, '', '#' + parameters);
}

async function fetched(path, parameters) {
  const answer = await fetch(path + '?' + new URLSearchParams(parameters));
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

// --- server events

let events;

/** Listens while visible: browsers limit the connections per server, which all tabs share. */
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource('/api/events');
  let isFirst = true;
  events.addEventListener('open', () => { $('connection').textContent = 'live'; isFirst = true; });
  events.addEventListener('error', () => { $('connection').textContent = 'disconnected; data may be outdated'; });
  events.addEventListener('runs', event => {
    const listing = JSON.parse(event.data), before = new Map(state.runs.map(run => [run.id, run.version])), after = new Map(listing.runs.map(run => [run.id, run.version]));
    const isShown = id => id === state.open || state.overlaid.has(id) || (Object.hasOwn(state.sweeps, state.open) && id.startsWith(state.open + '/runs/'));
    const isChanged = listing.sweeps[state.open] !== state.sweeps[state.open]
      || [...before.keys(), ...after.keys()].some(id => before.get(id) !== after.get(id) && isShown(id));
    state.runs = listing.runs;
    state.sweeps = listing.sweeps;
    if (!state.open && state.runs.length === 1) state.open = state.runs[0].id;
    list();
    if (isChanged || isFirst) show();
    isFirst = false;
  });
}

// --- the list

function sweepItem(id) {
  const button = element('button', { onclick: () => choose(id) }, 'sweep ' + nameOf(id), element('br'), element('small', {}, folderOf(id)));
  return { node: element('li', {}, element('span'), button) };
}

function runItem(id) {
  const step = element('small'), done = bar();
  const box = element('input', { type: 'checkbox', 'aria-label': 'overlay ' + id, onchange: () => {
    if (box.checked) state.overlaid.add(id); else state.overlaid.delete(id);
    writeAddress();
    show();
  } });
  const button = element('button', { onclick: () => choose(id) }, nameOf(id), element('br'), element('small', {}, folderOf(id)), element('br'), step, done);
  return { node: element('li', {}, box, button), box, button, step, done };
}

function list() {
  const wanted = $('filter').value.toLowerCase(), isWanted = id => id.toLowerCase().includes(wanted), items = [];
  for (const sweep of Object.keys(state.sweeps).filter(isWanted)) {
    const item = listed.of('sweep ' + sweep, () => sweepItem(sweep));
    item.node.className = sweep === state.open ? 'chosen' : '';
    items.push(item.node);
  }
  for (const run of state.runs.filter(run => isWanted(run.id))) {
    const item = listed.of('run ' + run.id, () => runItem(run.id)), isOpen = run.id === state.open;
    item.node.className = isOpen ? 'chosen' : '';
    item.button.setAttribute('aria-current', isOpen);
    item.box.checked = state.overlaid.has(run.id);
    item.step.replaceChildren(stateOf(run), ` ${run.step.toLocaleString('en')} of ${run.total.toLocaleString('en')}`);
    setBar(item.done, run.step, run.total);
    items.push(item.node);
  }
  arrange($('runs'), items);
  listed.forgetUnused();
}

function choose(id) {
  state.open = id;
  writeAddress();
  list();
  show();
  if (matchMedia('(max-width: 46rem)').matches) $('main').focus();
}

// --- the open run or sweep

/** Parses the metrics of a run. */
function measured(text) {
  const [columns = [], ...rows] = parseCsv(text);
  const isWhole = row => row.length === columns.length && row[0] !== '' && Number.isFinite(Number(row[0]));
  const whole = rows.filter(isWhole).map(row => row.map(cell => cell === '' ? null : Number(cell)));
  return { columns, rows: whole, unread: rows.length - whole.length };
}

let isBusy = false, again = false, showing = '';

/** Shows the open run or sweep; overlapping updates are merged. */
async function show() {
  again = true;
  if (isBusy) return;
  isBusy = true;
  while (again) {
    again = false;
    const open = state.open;
    try {
      const nodes = await opened(open);
      if (nodes && open === state.open) {
        if (open !== showing) shown.clear();
        showing = open;
        arrange($('main'), nodes());
        shown.forgetUnused();
      }
      tell('');
    } catch (error) {
      tell(error.message);
    }
  }
  isBusy = false;
}

function tell(problem) {
  $('problem').textContent = problem;
  $('problem').hidden = !problem;
}

/** Loads the open run or sweep and returns a function that creates its nodes; null if nothing is open. */
async function opened(open) {
  if (Object.hasOwn(state.sweeps, open)) {
    const results = await (await fetched('/api/results', { sweep: open })).text();
    return () => sweepPage(shown, open, results, state.runs, choose);
  }
  const runs = [open, ...[...state.overlaid].filter(id => id !== open)].map(id => state.runs.find(run => run.id === id)).filter(Boolean);
  if (runs[0]?.id !== open) {
    return open ? () => [element('p', { class: 'hint' }, `${open} no longer exists.`)] : null;
  }
  const details = await Promise.all(runs.map(run => fetched('/api/run', { run: run.id }).then(answer => answer.json())));
  const data = details.map(one => measured(one.metrics));
  return () => runPage(shown, runs, data, details, state.isByTime, isByTime => { state.isByTime = isByTime; show(); });
}

readAddress();
$('filter').addEventListener('input', list);
addEventListener('hashchange', () => { readAddress(); list(); show(); });
document.addEventListener('visibilitychange', listen);
listen();
