import { element } from './dom.js';
import { nameOf, number, parseCsv } from './values.js';

/** Returns the table of a sweep's trials, with the state of runs that have no result yet. */
export function sweepPage(parts, sweep, text, runs, choose) {
  const [columns = [], ...all] = parseCsv(text), state = columns.indexOf('state'), rows = all.filter(row => row.length === columns.length);
  const name = parts.of('name', () => element('h2', {}, 'sweep ' + nameOf(sweep)));
  if (state < 0) return [name, parts.of('unread', () => element('p', { class: 'hint' }, 'results.csv cannot be read.'))];
  const named = new Map(runs.filter(run => run.id.startsWith(sweep + '/runs/')).map(run => [nameOf(run.id), run]));
  const states = rows.map(row => {
    const run = named.get(row[0]);
    return run && row[state] === 'pending' ? `${run.state} ${Math.floor(100 * run.step / Math.max(1, run.total))} %` : row[state];
  });
  const counts = new Map();
  states.forEach(one => { const state = one.replace(/ \d+ %$/, ''); counts.set(state, (counts.get(state) || 0) + 1); });
  return [
    name,
    parts.node('counts', [...counts], () => element('div', { class: 'facts' }, ...[...counts].map(([state, count]) => element('span', {}, `${count} ${state}`)))),
    trials(parts, columns, rows, states, id => named.get(id), choose)];
}

function trials(parts, columns, rows, states, named, choose) {
  const state = columns.indexOf('state'), seed = columns.indexOf('seed');
  // varied keys are before the seed, metrics between the seed and the state
  const isMeasured = index => index > seed && index < state;
  const isEmpty = index => rows.every(row => row[index] === '');
  const order = [0, state, columns.length - 1, ...columns.keys()].filter((index, at, all) => all.indexOf(index) === at && !isEmpty(index));
  const table = parts.of('trials', () => ({ node: element('div', { class: 'scroll sweep' }), cells: null }));
  const shape = JSON.stringify([order.map(index => columns[index]), rows.map(row => row[0])]);
  if (table.shape !== shape) {
    table.shape = shape;
    table.cells = rows.map(() => order.map(() => element('td')));
    table.node.replaceChildren(element('table', {}, element('tr', {}, ...order.map(index => element('th', {}, columns[index]))),
      ...table.cells.map(cells => element('tr', {}, ...cells))));
  }
  rows.forEach((row, at) => order.forEach((index, i) => {
    const cell = table.cells[at][i], run = index === 0 ? named(row[0]) : undefined;
    if (run) {
      if (!cell.querySelector('a')) cell.replaceChildren(element('a', { href: '#', onclick: event => { event.preventDefault(); choose(run.id); } }, row[0]));
      return;
    }
    cell.className = index === state ? 'state ' + states[at].split(' ')[0] : '';
    const text = index === state ? states[at] : isMeasured(index) ? number(row[index]) : row[index];
    if (cell.textContent !== text) cell.textContent = text;
  }));
  return table.node;
}
