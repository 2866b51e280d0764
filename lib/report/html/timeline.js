'use strict';
// The device's life as a drawing: steps from left to right, states as lanes.

/// Lanes from top to bottom and the colour of each state.
const STATES = [
  ['registered', '--s-reg'], ['queued for unregistration', '--s-off'],
  ['unregistering', '--s-off'], ['unregistered', '--s-off'],
  ['registration failed', '--s-failed'], ['allocated', '--s-alloc'],
  ['dummy', '--s-other'], ['freed by the core', '--s-freed'],
  ['freed', '--s-freed'], ['RTNL', '--s-lock'], ['reference', '--s-ref'],
];

/// What a step's state is about: the device, or what is held beside its life.
const HELD = {
  'RTNL held': ['RTNL', true], 'RTNL not held': ['RTNL', false],
  'held': ['reference', true], 'dropped': ['reference', false],
};

/// What the drawing of \p steps is of.
function lifeOf(steps) {
  const states = steps.map(s => s.state).filter(Boolean);
  if (states.some(state => !HELD[state])) return 'The life of the device';
  return HELD[states[0]][0] === 'RTNL' ? 'Who has the RTNL' : 'The references';
}

function stateColour(state) {
  const known = STATES.find(([name]) => name === state);
  return 'var(' + (known ? known[1] : '--s-other') + ')';
}

/// The steps worth a dot: all if there are few, else where the state or the
/// function changes, and of those the first and the last.
function shownSteps(steps) {
  const numbered = steps.map((step, i) => ({step, n: i + 1}));
  if (numbered.length <= 24) return numbered;
  const turns = numbered.filter(({step}, i) =>
    i === 0 || i === steps.length - 1 || step.state !== steps[i - 1].state ||
    step.fn !== steps[i - 1].fn);
  return turns.length <= 24 ? turns : turns.slice(0, 12).concat(turns.slice(-12));
}

/// The drawing for \p steps, or null if no step tells a state. \p go is called
/// with the number of the step that was clicked.
function timeline(steps, go) {
  if (!steps.some(s => s.state)) return null;
  const NS = 'http://www.w3.org/2000/svg';
  const draw = (tag, attributes, text) => {
    const e = document.createElementNS(NS, tag);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const shown = shownSteps(steps);
  // A step that tells no state leaves it as it was.
  const laneOf = state => HELD[state] ? HELD[state][0] : state;
  let now = laneOf(shown.find(({step}) => step.state).step.state);
  for (const s of shown) s.state = now = laneOf(s.step.state) || now;
  const used = new Set(shown.map(s => s.state));
  const lanes = STATES.map(([name]) => name).filter(name => used.has(name));
  for (const name of used) if (!lanes.includes(name)) lanes.push(name);

  const left = 24 + 6.8 * Math.max(...lanes.map(name => name.length));
  const gap = Math.max(46, Math.min(120, 640 / shown.length));
  const top = 30, height = 40;
  const width = left + gap * shown.length + 30;
  const total = top + height * lanes.length + 26;
  const x = i => left + gap * (i + 0.45);
  const y = state => top + height * (lanes.indexOf(state) + 0.5);
  const svg = draw('svg', {width, height: total, viewBox: `0 0 ${width} ${total}`, role: 'img'});
  svg.append(draw('title', {}, 'The life of the device: ' +
    shown.map(s => `${s.n} ${s.state}`).join(', ')));
  for (const lane of lanes) {
    svg.append(draw('line', {class: 'lane', x1: left, x2: width - 10, y1: y(lane), y2: y(lane)}));
    const label = draw('text', {class: 'name', x: left - 14, y: y(lane) + 4}, lane);
    label.style.fill = stateColour(lane);
    svg.append(label);
  }
  const last = shown.length - 1;
  svg.append(draw('line', {class: 'fault-line', x1: x(last), x2: x(last), y1: top - 6, y2: total - 24}));
  svg.append(draw('text', {class: 'bad', x: x(last), y: top - 12}, 'fault'));
  const bar = (lane, from, to) => {
    const track = draw('path', {class: 'track', d: `M${x(from)} ${y(lane)}H${x(to)}`});
    track.style.stroke = stateColour(lane);
    svg.append(track);
  };
  // The device is in one state until the next; a lock and references are held
  // beside that, until they are dropped.
  let life = null;
  const since = {}, depth = {};
  shown.forEach((s, i) => {
    const beside = HELD[s.step.state];
    if (beside) {
      const [lane, held] = beside;
      depth[lane] = Math.max(0, (depth[lane] || 0) + (held ? 1 : -1));
      if (held && depth[lane] === 1) since[lane] = i;
      if (!depth[lane] && since[lane] !== undefined) {
        bar(lane, since[lane], i);
        delete since[lane];
      }
    } else if (s.step.state) {
      if (life) {
        bar(life.state, life.at, i);
        if (life.state !== s.state)
          svg.append(draw('line', {class: 'drop', x1: x(i), x2: x(i), y1: y(life.state), y2: y(s.state)}));
      }
      life = {state: s.state, at: i};
    }
  });
  if (life) bar(life.state, life.at, last);
  for (const [lane, i] of Object.entries(since)) bar(lane, i, last);
  // The functions that the steps are in, each named where it begins.
  shown.forEach((s, i) => {
    if (!s.step.fn || (i && shown[i - 1].step.fn === s.step.fn)) return;
    let end = i;
    while (end < last && shown[end + 1].step.fn === s.step.fn) ++end;
    const room = Math.floor(((end - i + 1) * gap - 4) / 6.7);
    const name = s.step.fn.length > room ? s.step.fn.slice(0, Math.max(1, room - 1)) + '…' : s.step.fn;
    const label = draw('text', {class: 'fn', x: x(i) - 11, y: total - 7}, name);
    label.append(draw('title', {}, s.step.fn));
    svg.append(label);
  });
  shown.forEach((s, i) => {
    const bad = i === last, cx = x(i), cy = y(s.state);
    if (bad) svg.append(draw('circle', {class: 'halo', cx, cy, r: 15}));
    const dot = draw('circle', {class: bad ? 'dot bad' : 'dot', cx, cy, r: 11});
    if (!bad) dot.style.stroke = stateColour(s.state);
    dot.append(draw('title', {}, s.step.msg));
    dot.addEventListener('click', () => go(s.n));
    svg.append(dot);
    svg.append(draw('text', {class: bad ? 'num on' : 'num', x: cx, y: cy + 4}, s.n));
  });
  return svg;
}
