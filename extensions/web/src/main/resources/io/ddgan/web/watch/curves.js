import { arrange, element } from './dom.js';
import { nameOf, tickTexts } from './values.js';

const COLOURS = ['#2463c5', '#d9730d', '#1a7f4b', '#a436b8', '#c0312b', '#0f8b8d', '#8a6d00', '#6b6f76'];
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

/** The dashes' border styles in the legend. */
const BORDERS = ['solid', 'dashed', 'dotted', 'double'];

const HEIGHT = 200;

const GROUPS = [
  ['Losses', /loss/], ['Logits', /^logit/], ['Penalties', /penalty/], ['Gradient norms', /gradient-norm/],
  ['Learning rates', /learning-rate/], ['Examples per second', /examples-per-second/],
  ['Seconds of training', /^seconds$/], ['Others', /./]];

const BY_TIME = /-t\d+$/;

function groupOf(column) { return GROUPS.find(([, pattern]) => pattern.test(column))[0]; }

/** A chart that persists while its curves grow. */
class Chart {
  #note; #data; #plot; #first; #last; #observer;

  constructor(title, series) {
    this.#note = element('p', { class: 'hint' });
    this.node = element('div', { class: 'chart' }, element('h4', {}, title), this.#note);
    const style = getComputedStyle(document.documentElement), muted = style.getPropertyValue('--muted'), line = { stroke: style.getPropertyValue('--line'), width: 1 };
    const axis = { stroke: muted, grid: line, ticks: line }, widest = texts => Math.max(0, ...(texts ?? []).map(text => text.length));
    const options = {
      height: HEIGHT, scales: { x: { time: false } },
      legend: { markers: { dash: (plot, i) => BORDERS[(series[i - 1]?.dash ?? 0) % BORDERS.length] } },
      axes: [axis, { ...axis, size: (plot, texts) => 24 + 7 * widest(texts), values: (plot, ticks, i, space, increment) => tickTexts(ticks, increment) }],
      series: [{ label: 'step' }, ...series.map(one => ({ label: one.label, stroke: COLOURS[one.colour % COLOURS.length], width: 1.5, dash: DASHES[one.dash % DASHES.length], spanGaps: true, points: { show: plot => plot.data[0].length < 3 } }))] };
    this.#observer = new ResizeObserver(() => this.#resize(options));
    this.#observer.observe(this.node);
  }

  end() {
    this.#observer.disconnect();
    this.#plot?.destroy();
  }

  #resize(options) {
    const width = Math.max(220, this.node.clientWidth - 16);
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT });
    else if (this.node.isConnected) this.#plot = new uPlot({ ...options, width }, this.#data, this.node);
  }

  /** Draws the data and keeps the zoom. */
  draw(steps, values) {
    this.#data = [steps, ...values.map(column => column.map(value => Number.isFinite(value) ? value : null))];
    const scale = this.#plot?.scales.x, isZoomed = scale && (scale.min > this.#first || scale.max < this.#last);
    this.#plot?.setData(this.#data, !isZoomed);
    if (isZoomed) this.#plot.setScale('x', { min: scale.min, max: scale.max });
    this.#first = steps[0];
    this.#last = steps[steps.length - 1];
    const others = values.flat().filter(value => value !== null && !Number.isFinite(value)).length;
    this.#note.hidden = !others;
    this.#note.textContent = `${others.toLocaleString('en')} values are infinite or NaN and not drawn.`;
  }
}

/** Returns the chart of a title and the names of its series. */
export function chart(parts, title, steps, series) {
  const drawn = parts.of(`chart ${title} ${JSON.stringify(series.map(one => one.label))}`, () => new Chart(title, series));
  drawn.draw(steps, series.map(one => one.values));
  return drawn.node;
}

/** Arranges charts in a grid. */
export function grid(parts, name, charts) {
  const box = parts.of(`charts of ${name}`, () => element('div', { class: 'charts' }));
  arrange(box, charts);
  return box;
}

/** Returns the charts of runs. Colours distinguish the columns of one run, or several runs, whose columns have dashes. */
export function curves(parts, ids, data, isByTime, byTimeChanged) {
  const names = ids.map(id => ids.filter(other => nameOf(other) === nameOf(id)).length > 1 ? id : nameOf(id));
  const columns = [...new Set(data.flatMap(one => one.columns.slice(1)))], unread = data[0].unread;
  const heading = parts.of('curves', () => element('h3', {}, 'Curves '));
  const hints = unread ? [parts.node('unread', unread, () => element('p', { class: 'hint' }, `${unread.toLocaleString('en')} rows of metrics.csv cannot be read.`))] : [];
  if (data.every(one => !one.rows.length)) {
    return [heading, ...hints, parts.of('no curves', () => element('p', { class: 'hint' }, 'No metrics yet; the first row is written after training.log-every steps.'))];
  }
  const steps = [...new Set(data.flatMap(one => one.rows.map(row => row[0])))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, i) => [step, i]));
  const charts = [];
  for (const [title] of GROUPS) {
    const chosen = columns.filter(column => groupOf(column) === title && (isByTime || !BY_TIME.test(column)));
    if (!chosen.length) continue;
    const series = [];
    data.forEach((one, run) => chosen.forEach((column, i) => {
      const index = one.columns.indexOf(column);
      if (index < 0) return;
      const values = new Array(steps.length).fill(null);
      for (const row of one.rows) values[place.get(row[0])] = row[index];
      series.push(data.length > 1
        ? { label: names[run] + ' ' + column, values, colour: run, dash: i + chosen.length * Math.floor(run / COLOURS.length) }
        : { label: column, values, colour: i, dash: Math.floor(i / COLOURS.length) });
    }));
    charts.push(chart(parts, title, steps, series));
  }
  const byTime = columns.some(column => BY_TIME.test(column)) ? [parts.of('by time', () => element('label', {},
    element('input', { type: 'checkbox', checked: isByTime, id: 'by-time', onchange: event => byTimeChanged(event.target.checked) }), ' for each time t'))] : [];
  return [heading, ...byTime, ...hints, grid(parts, 'curves', charts)];
}
