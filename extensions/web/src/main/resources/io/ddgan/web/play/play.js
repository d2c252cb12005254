import { $, element } from './dom.js';

const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/** The page's state: the model, the sample's recipe and the painting. */
let model;
const recipe = { seed: 0, label: null, between: null, latents: [] };
let painting;

// --- requests

async function ask(path, asked) {
  const begun = performance.now();
  const slow = setTimeout(() => { $('speed').textContent = 'computing'; }, 500);
  let answer;
  try { answer = await reached(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(asked) }); }
  finally { clearTimeout(slow); }
  if (!answer.ok) throw new Error(await answer.text());
  const result = await answer.json();
  $('speed').textContent = `${result.milliseconds.toFixed(0)} ms in the model, ${(performance.now() - begun).toFixed(0)} ms in total`;
  return result;
}

/** Sends a request and reports a lost connection. */
async function reached(path, request) {
  try { return await fetch(path, request); }
  catch { $('speed').textContent = ''; throw new Error('The playground does not respond; check that it is still running.'); }
}

/** Requests only the newest state: requests during a pending one are merged into one that follows it. */
function latest(work) {
  let busy = false, again = false;
  return async function run() {
    if (busy) { again = true; return; }
    busy = true;
    do {
      again = false;
      try { await work(); $('error').hidden = true; }
      catch (error) { $('error').textContent = error.message; $('error').hidden = false; }
    } while (again);
    busy = false;
  };
}

// --- images

function bytes(text) { return Uint8Array.from(atob(text), c => c.charCodeAt(0)); }

function text(values) {
  let all = '';
  for (const value of values) all += String.fromCharCode(value);
  return btoa(all);
}

/** Draws an image, channel after channel, row after row. */
function draw(canvas, values) {
  const [channels, height, width] = model.shape;
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  const pixels = height * width;
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = values[Math.min(c, channels - 1) * pixels + i];
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

function picture(values, label) { return draw(element('canvas', { class: 'picture', role: 'img', 'aria-label': label }), bytes(values)); }

/** Returns x with its time as a subscript. */
function x(t) { return 'x' + String(t).replace(/\d/g, digit => '₀₁₂₃₄₅₆₇₈₉'[digit]); }

function timeName(t) { return t === 0 ? `sample ${x(0)}` : t === Math.max(...model.times) ? `noise ${x(t)}` : x(t); }

/** Shows the states of a trajectory in a row, with the x_0 predictions below. */
function showWay(row, trajectory, first, tools) {
  row.replaceChildren(...trajectory.states.map((state, i) => {
    const evaluation = first + trajectory.at[i];
    const name = timeName(model.times[evaluation]);
    const parts = [element('span', {}, name), picture(state, name)];
    if (i < trajectory.estimates.length) parts.push(picture(trajectory.estimates[i], `x_0 prediction at ${name}`));
    if (i < trajectory.states.length - 1 && tools) parts.push(...tools(evaluation));
    return element('figure', {}, ...parts);
  }));
}

function stepTools(evaluation) {
  if (!model.latentSize) return [];
  return [
    element('button', { type: 'button', 'data-again': evaluation, onclick: () => { setLatent(evaluation, latentOf(evaluation) + 1); changed(); } }, 'new z'),
    element('button', { type: 'button', 'data-modes': evaluation, onclick: () => { state.modes = evaluation; showModes(); } }, 'compare')];
}

function latentOf(evaluation) { return recipe.latents[evaluation] || 0; }

function setLatent(evaluation, number) {
  for (let i = 0; i < evaluation; i++) recipe.latents[i] = latentOf(i);
  recipe.latents[evaluation] = number;
}

const state = { modes: null };
let sample = null;

const showSample = latest(async () => {
  const trajectory = await ask('/api/follow', { recipe });
  const kept = focusKey();
  sample = bytes(trajectory.states[trajectory.states.length - 1]);
  $('take').disabled = false;
  draw($('example'), sample);
  showWay($('way'), trajectory, 0, stepTools);
  focusAgain(kept);
});

const showModes = latest(async () => {
  const evaluation = state.modes;
  if (evaluation === null) { $('modes').replaceChildren(); return; }
  const chosen = latentOf(evaluation);
  const numbers = [...Array(8).keys(), ...(chosen > 7 ? [chosen] : [])];
  const answer = await ask('/api/modes', { recipe, evaluation, numbers });
  const kept = focusKey();
  const made = answer.examples.map(bytes);
  $('modes').replaceChildren(...numbers.map((number, i) => element('figure', {},
    element('button', { type: 'button', class: 'choice', 'data-mode': number, 'aria-pressed': String(chosen === number), 'aria-label': `latent vector ${number} of the step from ${timeName(model.times[evaluation])}`,
      onclick: () => { setLatent(evaluation, number); changed(); } }, picture(answer.examples[i], 'sample')),
    element('span', { class: 'muted' }, number === 0 ? 'own z' : `differs by ${difference(made[0], made[i]).toFixed(1)}`))));
  focusAgain(kept);
});

/** Returns the mean absolute difference of two images' pixels, of 255. */
function difference(one, other) { return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length; }

/** Returns a selector of the focused element, to restore the focus when rows are redrawn. */
function focusKey() {
  const { again, modes, mode } = document.activeElement?.dataset || {};
  return again !== undefined ? `[data-again="${again}"]` : modes !== undefined ? `[data-modes="${modes}"]` : mode !== undefined ? `[data-mode="${mode}"]` : null;
}

function focusAgain(key) { if (key) document.querySelector(key)?.focus(); }

function changed() {
  history.replaceState(null, '', '#' + encodeURIComponent(JSON.stringify(recipe)));
  showSample();
  if (state.modes !== null) showModes();
  if (painting.used) showPainted();
}

/** Restores the recipe from the address as far as it suits the model. */
function remembered() {
  let stored;
  try { stored = JSON.parse(decodeURIComponent(location.hash.slice(1))) || {}; }
  catch { return; }
  const isWhole = (value, most) => Number.isSafeInteger(value) && value >= 0 && value <= most;
  const isNumber = (value, least, most) => typeof value === 'number' && value >= least && value <= most;
  const list = (value, suits, longest) => Array.isArray(value) && value.length <= longest && value.every(suits) ? value : [];
  if (isWhole(stored.seed, LARGEST_SEED)) recipe.seed = stored.seed;
  if (isWhole(stored.label, model.classes.length - 1)) recipe.label = stored.label;
  if (stored.between && isWhole(stored.between.seed, LARGEST_SEED) && isNumber(stored.between.share, 0, 1)) recipe.between = { seed: stored.between.seed, share: stored.between.share };
  recipe.latents = list(stored.latents, value => isWhole(value, 1e6), model.times.length - 1);
}

function controls() {
  $('seed').value = recipe.seed;
  $('other').value = recipe.between ? recipe.between.seed : recipe.seed + 1;
  $('share').value = recipe.between ? recipe.between.share : 0;
  $('seed').addEventListener('change', () => { recipe.seed = whole($('seed')); changed(); });
  $('another').addEventListener('click', () => { recipe.seed++; $('seed').value = recipe.seed; changed(); });
  $('reset').addEventListener('click', () => {
    Object.assign(recipe, { between: null, latents: [] });
    $('share').value = 0;
    state.modes = null;
    showModes();
    changed();
  });
  const towards = () => {
    recipe.between = Number($('share').value) === 0 ? null : { seed: whole($('other')), share: Number($('share').value) };
    changed();
  };
  $('share').addEventListener('input', towards);
  $('other').addEventListener('change', towards);
  if (model.classes.length) {
    $('classes').append(...['any', ...model.classes].map((name, i) => element('button', { type: 'button', 'aria-pressed': String((recipe.label === null ? 0 : recipe.label + 1) === i),
      onclick: event => {
        recipe.label = i === 0 ? null : i - 1;
        $('classes').querySelectorAll('button').forEach(button => button.setAttribute('aria-pressed', String(button === event.target)));
        changed();
      } }, name)));
  } else $('classes').remove();
}

/** Returns the value of a field as a valid integer and shows it there. */
function whole(input) {
  input.value = Math.min(LARGEST_SEED, Math.max(0, Math.floor(Number(input.value) || 0)));
  return Number(input.value);
}

// --- painting

function paintings() {
  const [channels, height, width] = model.shape;
  const values = new Uint8Array(channels * height * width);
  painting = { values, made: new Uint8Array(height * width), used: false, tool: 'paint', cursor: [Math.floor(width / 2), Math.floor(height / 2)] };
  const canvas = $('painting');
  model.times.slice(0, -1).forEach((t, i) => $('enters').append(element('option', { value: i }, timeName(t))));
  $('enters').value = Math.max(0, Math.floor((model.times.length - 1) / 2));
  $('enters').addEventListener('change', () => { if (painting.used) showPainted(); });
  document.querySelectorAll('[data-tool]').forEach(button => button.addEventListener('click', () => {
    painting.tool = button.dataset.tool;
    document.querySelectorAll('[data-tool]').forEach(one => one.setAttribute('aria-pressed', String(one === button)));
  }));
  if (model.times.length < 3) document.querySelectorAll('[data-tool]').forEach(button => { button.hidden = button.dataset.tool !== 'paint'; });
  $('take').disabled = true;
  $('take').addEventListener('click', () => { painting.values.set(sample); painting.used = true; shownPainting(); showPainted(); });
  $('clear').addEventListener('click', () => { painting.values.fill(0); painting.made.fill(0); painting.used = false; shownPainting(); $('painted').getContext('2d').clearRect(0, 0, width, height); $('painted-way').replaceChildren(); });
  let last = null;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [Math.floor((event.clientX - box.left) / box.width * width), Math.floor((event.clientY - box.top) / box.height * height)];
  };
  canvas.addEventListener('pointerdown', event => { canvas.setPointerCapture(event.pointerId); last = place(event); stroke(last, last); });
  canvas.addEventListener('pointermove', event => { if (last) { const here = place(event); stroke(last, here); last = here; } });
  canvas.addEventListener('pointerup', () => { last = null; });
  canvas.addEventListener('pointercancel', () => { last = null; });
  canvas.addEventListener('keydown', event => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (by) painting.cursor = [Math.min(width - 1, Math.max(0, painting.cursor[0] + by[0])), Math.min(height - 1, Math.max(0, painting.cursor[1] + by[1]))];
    else if (event.key === ' ') stroke(painting.cursor, painting.cursor);
    else return;
    event.preventDefault();
    shownPainting();
  });
  canvas.addEventListener('focus', shownPainting);
  canvas.addEventListener('blur', shownPainting);
  draw($('painted'), new Uint8Array(values.length));
  shownPainting();
}

function stroke(from, to) {
  const steps = Math.max(1, Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  for (let i = 0; i <= steps; i++) dab(from[0] + (to[0] - from[0]) * i / steps, from[1] + (to[1] - from[1]) * i / steps);
  painting.used = true;
  shownPainting();
  showPainted();
}

function dab(x, y) {
  const [channels, height, width] = model.shape;
  const wide = Number($('width').value), left = Math.round(x - (wide - 1) / 2), top = Math.round(y - (wide - 1) / 2);
  const colour = [1, 3, 5].map(at => parseInt($('colour').value.slice(at, at + 2), 16));
  const levels = channels === 1 ? [0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]] : colour;
  for (let row = Math.max(0, top); row < Math.min(height, top + wide); row++) {
    for (let column = Math.max(0, left); column < Math.min(width, left + wide); column++) {
      const at = row * width + column;
      if (painting.tool === 'paint') levels.forEach((level, c) => { painting.values[c * height * width + at] = level; });
      else painting.made[at] = painting.tool === 'mark' ? 1 : 0;
    }
  }
}

/** Draws the painting, with the marked pixels and the keyboard's position tinted. */
function shownPainting() {
  const canvas = $('painting');
  const [, height, width] = model.shape;
  draw(canvas, painting.values);
  const context = canvas.getContext('2d');
  context.fillStyle = 'rgba(217, 115, 13, 0.6)';
  for (let i = 0; i < height * width; i++) if (painting.made[i]) context.fillRect(i % width, Math.floor(i / width), 1, 1);
  if (document.activeElement === canvas && canvas.matches(':focus-visible')) {
    context.fillStyle = '#3b82f6';
    context.fillRect(painting.cursor[0], painting.cursor[1], 1, 1);
  }
}

const showPainted = latest(async () => {
  const evaluation = Number($('enters').value);
  const isMarked = painting.made.some(made => made);
  const answer = await ask('/api/picture', { recipe, image: text(painting.values), made: text(isMarked ? painting.made : new Uint8Array(painting.made.length).fill(1)), evaluation });
  draw($('painted'), bytes(answer.states[answer.states.length - 1]));
  showWay($('painted-way'), answer, evaluation);
});

// --- points

/** Duration of the animation from noise to samples. */
const RUN_MILLISECONDS = 5000;

const flow = { states: [], at: [], labels: [], extent: 1, chosen: 0, heat: null, key: '' };

function extent(states) {
  const sizes = states.flatMap(all => Array.from(all, Math.abs)).sort((a, b) => a - b);
  return 1.1 * sizes[Math.floor(0.998 * (sizes.length - 1))];
}

const showFlow = latest(async () => {
  const answer = await ask('/api/flow', { recipe });
  flow.states = answer.states;
  flow.at = answer.at;
  flow.labels = answer.labels;
  history.replaceState(null, '', '#' + encodeURIComponent(JSON.stringify({ seed: recipe.seed })));
  $('state').max = flow.states.length - 1;
  flow.extent = extent(flow.states);
  flow.key = '';
  showPoints();
});

const showHeat = latest(async () => {
  const state = stepShown();
  const key = JSON.stringify([recipe.seed, state, flow.chosen]);
  if (key === flow.key) return;
  const from = [flow.states[state][2 * flow.chosen], flow.states[state][2 * flow.chosen + 1]];
  const t = timeAt(state) - 1;
  const answer = await ask('/api/heat', { t, from, extent: flow.extent, cells: 56, label: flow.labels[flow.chosen] });
  flow.key = key;
  flow.heat = answer.logits ? { logits: answer.logits, t, cells: 56 } : null;
  drawPoints();
});

/** Returns the time of a state. */
function timeAt(state) { return model.times[flow.at[state]]; }

/** Returns the state x_{t+1} of the map's step: the shown one, or the last but one at the end. */
function stepShown() { return Math.min(flow.states.length - 2, Math.floor(Number($('state').value))); }

function showPoints() {
  if (!flow.states.length) return; // not computed yet
  drawPoints();
  showHeat();
}

/** Returns a colour: blue for negative logits, generated, orange for positive ones, real. */
function tint(share) {
  const style = matchMedia('(prefers-color-scheme: dark)').matches ? [20, 23, 29] : [255, 255, 255];
  const full = share < 0 ? [36, 99, 197] : [217, 115, 13];
  const weight = Math.min(1, Math.abs(share));
  return style.map((value, i) => value + weight * (full[i] - value));
}

function drawPoints() {
  const canvas = $('plane'), context = canvas.getContext('2d'), size = canvas.width;
  context.clearRect(0, 0, size, size);
  const place = value => (value / flow.extent + 1) / 2 * size;
  if (flow.heat) {
    const { logits, cells, t } = flow.heat;
    const sizes = Array.from(logits, Math.abs).sort((a, b) => a - b);
    const most = Math.max(1e-6, sizes[Math.floor(0.98 * sizes.length)]);
    const image = new ImageData(cells, cells);
    logits.forEach((logit, i) => { image.data.set([...tint(logit / most), 255], 4 * i); });
    const small = element('canvas', { width: cells, height: cells });
    small.getContext('2d').putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(small, 0, 0, size, size);
    $('map-hint').textContent = `The map shows the discriminator's logits of steps from the marked point ${x(t + 1)} to each ${x(t)}: orange for real, blue for generated. Click a point to mark it.`;
    const scale = $('scale').getContext('2d');
    for (let i = 0; i < 256; i++) { scale.fillStyle = `rgb(${tint(i / 127.5 - 1).map(Math.round).join()})`; scale.fillRect(i, 0, 1, 12); }
    $('scale-ends').replaceChildren(...[-most, 0, most].map(value => element('span', {}, value.toPrecision(3))));
  } else {
    $('map-hint').textContent = 'No map: the model has no discriminator, or one that does not classify steps.';
  }
  const at = Number($('state').value), before = Math.floor(at), share = at - before;
  const from = flow.states[before], to = flow.states[Math.min(flow.states.length - 1, before + 1)];
  const style = getComputedStyle(document.documentElement);
  const point = i => [place(from[i] + share * (to[i] - from[i])), size - place(from[i + 1] + share * (to[i + 1] - from[i + 1]))];
  context.fillStyle = style.getPropertyValue('--text');
  context.globalAlpha = 0.55;
  for (let i = 0; i < from.length; i += 2) { const [x, y] = point(i); context.beginPath(); context.arc(x, y, 2.5, 0, 7); context.fill(); }
  context.globalAlpha = 1;
  const [cx, cy] = point(2 * flow.chosen);
  const begun = flow.states[stepShown()];
  const [fx, fy] = [place(begun[2 * flow.chosen]), size - place(begun[2 * flow.chosen + 1])];
  context.lineWidth = 2.5;
  context.strokeStyle = style.getPropertyValue('--bad');
  context.beginPath(); context.moveTo(fx, fy); context.lineTo(cx, cy); context.stroke();
  context.beginPath(); context.arc(fx, fy, 7, 0, 7); context.stroke();
  $('state-name').textContent = share ? `${x(timeAt(before))} to ${x(timeAt(before + 1))}` : timeName(timeAt(before));
}

function points() {
  $('points-seed').value = recipe.seed;
  $('points-seed').addEventListener('change', () => { recipe.seed = whole($('points-seed')); showFlow(); });
  $('points-another').addEventListener('click', () => { recipe.seed++; $('points-seed').value = recipe.seed; showFlow(); });
  let running = null;
  const stop = () => { clearInterval(running); running = null; $('run').textContent = 'run'; };
  $('state').addEventListener('input', () => { stop(); showPoints(); });
  $('run').addEventListener('click', () => {
    if (running) { stop(); return; }
    const begun = performance.now(), last = flow.states.length - 1;
    $('run').textContent = 'stop';
    running = setInterval(() => {
      const share = Math.min(1, (performance.now() - begun) / RUN_MILLISECONDS);
      $('state').value = share * last;
      showPoints();
      if (share === 1) stop();
    }, 40);
  });
  const mark = (px, py) => {
    if (!flow.states.length) return;
    const all = flow.states[Math.min(flow.states.length - 1, Math.floor(Number($('state').value)))];
    let best = Infinity;
    for (let i = 0; i < all.length; i += 2) {
      const far = (all[i] - px) ** 2 + (all[i + 1] - py) ** 2;
      if (far < best) { best = far; flow.chosen = i / 2; }
    }
    showPoints();
  };
  $('plane').addEventListener('click', event => {
    const box = $('plane').getBoundingClientRect();
    mark((2 * (event.clientX - box.left) / box.width - 1) * flow.extent, (1 - 2 * (event.clientY - box.top) / box.height) * flow.extent);
  });
  $('plane').addEventListener('keydown', event => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by || !flow.states.length) return;
    event.preventDefault();
    flow.chosen = (flow.chosen + by + flow.states[0].length / 2) % (flow.states[0].length / 2);
    showPoints();
  });
  showFlow();
}

// --- start

async function begin() {
  const answer = await reached('/api/model');
  if (!answer.ok) throw new Error(await answer.text());
  model = await answer.json();
  remembered();
  $('name').textContent = `${model.name}, step ${model.step.toLocaleString('en')}`;
  document.title = `${model.name} · ddgan play`;
  addEventListener('hashchange', () => location.reload()); // the address was edited
  if (model.shape.length === 3) {
    $('images').hidden = false;
    paintings();
    controls();
    changed();
  } else {
    $('points').hidden = false;
    points();
  }
}

begin().catch(error => { $('error').textContent = error.message; $('error').hidden = false; });
