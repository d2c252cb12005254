import { arrange, element } from './dom.js';
import { chart, curves, grid } from './curves.js';
import { duration, nameOf, number, parseCsv } from './values.js';

export function stateOf(run) { return element('span', { class: 'state ' + run.state.replace(' ', '-') }, run.state); }

export function bar() { return element('div', { class: 'bar' }, element('i')); }

export function setBar(node, done, total) { node.firstChild.style.width = (total ? Math.min(100, 100 * done / total) : 0) + '%'; }

/** Returns the page of a run, with the curves of other runs overlaid. */
export function runPage(parts, runs, data, details, isByTime, byTimeChanged) {
  const ids = runs.map(run => run.id);
  return [
    ...heading(parts, runs[0], data[0]), ...pictures(parts, runs[0], details[0].pictures), ...evaluations(parts, details[0].evaluations),
    ...curves(parts, ids, data, isByTime, byTimeChanged), ...keys(parts, ids, details.map(one => one.keys)),
    parts.node('provenance', details[0].provenance, () => folded('Provenance', scroll(element('pre', {}, details[0].provenance)))),
    log(parts, details[0].log)];
}

function folded(title, content) { return element('details', {}, element('summary', {}, element('strong', {}, title)), content); }

function scroll(content) { return element('div', { class: 'scroll' }, content); }

function heading(parts, run, data) {
  const facts = [stateOf(run), `step ${run.step.toLocaleString('en')} of ${run.total.toLocaleString('en')}`];
  const rate = last(data, 'examples-per-second');
  if (run.seconds) facts.push(`${duration(run.seconds)} so far`);
  if (rate) facts.push(`${number(rate)} examples/s`);
  if (run.state === 'training' && run.step > 0 && run.seconds) facts.push(`about ${duration(run.seconds / run.step * (run.total - run.step))} left`);
  facts.push(`as of ${new Date(run.updated).toLocaleTimeString()}`);
  const done = parts.of('done', bar);
  setBar(done, run.step, run.total);
  const nodes = [
    parts.of('name', () => element('h2', {}, run.id)),
    parts.node('facts', [run, rate], () => element('div', { class: 'facts' }, ...facts.map(fact => element('span', {}, fact)))), done];
  if (run.error) nodes.push(parts.node('error', run.error, () => element('p', { class: 'error', role: 'alert' }, run.error)));
  return nodes;
}

function last(data, column) {
  const index = data.columns.indexOf(column);
  return index < 0 || !data.rows.length ? null : data.rows[data.rows.length - 1][index];
}

/** The samples of a training: the newest, unless an earlier one is selected. */
class Pictures {
  #run; #names = []; #isNewest = true;

  constructor(run) {
    this.#run = run;
    this.image = element('img', { class: 'samples', alt: 'samples of the model' });
    this.label = element('span');
    this.heading = element('h3', {}, 'Samples ', this.label);
    this.slider = element('input', { type: 'range', min: 0, 'aria-label': 'step of the samples', oninput: () => {
      this.#isNewest = this.slider.value === this.slider.max;
      this.#show();
    } });
  }

  tell(names) {
    this.#names = names;
    this.slider.max = names.length - 1;
    if (this.#isNewest) this.slider.value = names.length - 1;
    this.slider.hidden = names.length < 2;
    this.#show();
  }

  #show() {
    const name = this.#names[Number(this.slider.value)], source = '/api/picture?' + new URLSearchParams({ run: this.#run, name });
    if (this.image.getAttribute('src') !== source) this.image.src = source;
    this.label.textContent = 'at step ' + Number(name.replace('.png', '')).toLocaleString('en');
  }
}

function pictures(parts, run, names) {
  if (!names.length) return [];
  const shown = parts.of('pictures', () => new Pictures(run.id));
  shown.tell(names);
  return [shown.heading, shown.slider, shown.image];
}

/** Returns the evaluations of each checkpoint, next to the real-data baseline. */
function evaluations(parts, text) {
  const [columns, ...all] = parseCsv(text), rows = all.filter(row => row.length === columns.length);
  if (!rows.length) return [];
  const records = rows.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
  const real = records.filter(record => record.checkpoint === '');
  const made = records.filter(record => record.checkpoint !== '');
  const steps = [...new Set(made.map(record => Number(record.checkpoint)))].sort((a, b) => a - b);
  const names = [...new Set(made.map(record => record.metric))];
  const latest = (from, metric, step) => from.filter(record => record.metric === metric && (step === undefined || Number(record.checkpoint) === step)).pop();
  const nodes = [
    parts.of('evaluations', () => element('h3', {}, 'Evaluations')),
    parts.node('evaluated', text, () => evaluated(names, steps, (name, step) => latest(made, name, step), name => latest(real, name)))];
  if (steps.length > 1) {
    nodes.push(grid(parts, 'evaluations', names.filter(name => latest(made, name).better !== 'neither').map(name => {
      const floor = latest(real, name);
      const series = [{ label: name, colour: 0, dash: 0, values: steps.map(step => { const record = latest(made, name, step); return record ? Number(record.value) : null; }) }];
      if (floor) series.push({ label: 'real examples', colour: 7, dash: 1, values: steps.map(() => Number(floor.value)) });
      return chart(parts, name, steps, series);
    })));
  }
  return nodes;
}

function evaluated(names, steps, measured, ofReal) {
  const body = names.map(name => {
    const records = steps.map(step => measured(name, step)), known = records.filter(Boolean);
    const values = known.map(record => Number(record.value)), better = known[0].better;
    const best = values.length < 2 ? null : better === 'lower' ? Math.min(...values) : better === 'higher' ? Math.max(...values) : null;
    const floor = ofReal(name);
    return element('tr', {}, element('td', {}, name),
      ...records.map(record => element('td', { class: record && best !== null && Number(record.value) === best ? 'best' : '' }, record ? number(record.value) : '')),
      element('td', { class: 'muted' }, floor ? number(floor.value) : ''));
  });
  const head = element('tr', {}, element('th', {}, 'metric'), ...steps.map(step => element('th', {}, 'step ' + step.toLocaleString('en'))), element('th', {}, 'real examples'));
  return scroll(element('table', {}, head, ...body));
}

/** Returns the configuration, with differing keys first. */
function keys(parts, ids, all) {
  const names = [...new Set(all.flatMap(Object.keys))].sort();
  const differing = names.filter(name => new Set(all.map(keys => keys[name] ?? '')).size > 1);
  const table = shown => scroll(element('table', {},
    element('tr', {}, element('th', {}, 'key'), ...ids.map(id => element('th', {}, nameOf(id)))),
    ...shown.map(name => element('tr', { class: differing.includes(name) ? 'differs' : '' }, element('td', {}, name), ...all.map(keys => element('td', {}, keys[name] ?? ''))))));
  const configuration = parts.node('configuration', [ids, all], () => folded('Configuration', table(names)));
  if (ids.length < 2) return [configuration];
  return [
    parts.of('differing', () => element('h3', {}, 'Differing keys')),
    parts.node('differing keys', [ids, all], () => differing.length ? table(differing) : element('p', { class: 'hint' }, 'none')), configuration];
}

/** Returns the end of the log, which follows new lines unless scrolled back. */
function log(parts, text) {
  const node = parts.of('log', () => {
    const made = folded('End of the log', scroll(element('pre')));
    made.addEventListener('toggle', () => { made.lastChild.scrollTop = made.lastChild.scrollHeight; });
    return made;
  });
  const box = node.lastChild, pre = box.firstChild;
  if (pre.textContent !== text) {
    const isAtEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 20;
    pre.textContent = text;
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  }
  return node;
}
