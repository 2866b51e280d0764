'use strict';
// The list, its filters, the keys, and one finding at a time.
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const AROUND = 3; // lines shown around each step
let visible = [], current = -1;

/// \p line of C as nodes, with what lies in [from, to) (0-based) marked.
function codeLine(line, from, to) {
  const out = document.createDocumentFragment();
  const words = /(\/\*.*?(?:\*\/|$)|\/\/.*)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|\b(break|case|char|const|continue|default|do|else|enum|for|goto|if|inline|int|long|return|short|signed|sizeof|static|struct|switch|typedef|union|unsigned|void|volatile|while|NULL)\b/g;
  const colour = (text, into) => {
    let last = 0;
    for (const m of text.matchAll(words)) {
      into.append(text.slice(last, m.index), make('span', {class: m[1] ? 'c' : m[2] ? 's' : 'k'}, m[0]));
      last = m.index + m[0].length;
    }
    into.append(text.slice(last));
    return into;
  };
  if (to <= from) return colour(line, out);
  colour(line.slice(0, from), out);
  out.append(colour(line.slice(from, to), make('mark')));
  return colour(line.slice(to), out);
}

/// The steps of a finding; the fault itself is always the last.
function stepsOf(f) {
  const end = f.steps[f.steps.length - 1];
  if (end && end.file === f.file && end.line === f.line) return f.steps;
  return f.steps.concat([{file: f.file, line: f.line, col: f.col, endLine: f.endLine, endCol: f.endCol, fn: f.fn, msg: f.msg, state: ''}]);
}

function excerpt(file, fn, steps, count) {
  const text = data.files[file] || {};
  const wanted = new Set();
  for (const {step} of steps)
    for (let n = step.line - AROUND; n <= step.line + AROUND; ++n)
      if (text[n] !== undefined || n === step.line) wanted.add(n);
  const rows = make('div', {class: 'rows'});
  let before = null;
  for (const n of [...wanted].sort((a, b) => a - b)) {
    if (before !== null && n > before + 1) rows.append(make('span', {class: 'gap'}, '⋯'));
    before = n;
    const here = steps.filter(({step}) => step.line === n);
    const fault = here.some(s => s.n === count);
    const style = fault ? ' fault' : here.length ? ' hit' : '';
    let from = 0, to = 0;
    if (here.length) {
      const {step} = here[here.length - 1];
      from = step.col - 1;
      to = step.endLine > n ? (text[n] || '').length : step.endCol - 1;
    }
    rows.append(
      make('span', {class: 'badges' + style}, ...here.slice(0, 1).map(s => badge(s.n, count))),
      make('span', {class: 'no' + style}, String(n)),
      make('span', {class: 'src' + style}, codeLine(text[n] || '', from, to)));
    for (const [i, s] of here.entries()) {
      const bad = s.n === count;
      rows.append(make('span', {class: 'says pad badges'}, i ? badge(s.n, count) : ''),
                  make('span', {class: bad ? 'says bad' : 'says', 'data-step': s.n}, s.step.msg));
    }
  }
  return make('section', {class: 'card'},
    make('h3', {}, file, fn ? ' · ' : '', fn ? make('b', {}, fn + '()') : ''),
    make('div', {class: 'code'}, rows));
}

function badge(n, count) {
  return make('span', {class: n === count ? 'badge bad' : 'badge'}, String(n));
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1) + '.';

function ruleCard(f) {
  const rule = data.rules[f.rule];
  const text = make('div', {class: 'text'});
  if (rule) {
    text.append(make('p', {}, sentence(rule.sentence)));
    text.append(make('p', {class: 'soft'}, 'grade ' + rule.grade + ' · ',
      make('a', {href: 'https://cwe.mitre.org/data/definitions/' + rule.cwe + '.html', rel: 'noreferrer'}, 'CWE-' + rule.cwe)));
  }
  return make('section', {class: 'card'}, make('h3', {}, make('b', {}, f.rule)), text);
}

/// The page of a check; its first heading is the check's name once more.
function pageCard(name) {
  const check = data.checks[name];
  return make('section', {class: 'card page'}, make('h3', {}, make('b', {}, name)),
    markdown(check ? check.page.replace(/^# .*\n/, '') : ''));
}

function render(f, withPage = true) {
  const steps = stepsOf(f), groups = new Map();
  steps.forEach((step, i) => {
    const key = step.file + '\n' + step.fn;
    if (!groups.has(key)) groups.set(key, {file: step.file, fn: step.fn, steps: []});
    groups.get(key).steps.push({step, n: i + 1});
  });
  const rule = data.rules[f.rule];
  const root = make('div', {class: 'finding'},
    make('div', {class: 'where soft'}, `${f.file}:${f.line}:${f.col}`, f.fn ? ` in ${f.fn}()` : ''),
    make('h2', {}, f.msg),
    make('div', {class: 'tags'},
      make('span', {class: 'tag ' + (rule ? rule.grade : '')}, rule ? rule.grade : 'warning'),
      make('span', {class: 'tag'}, f.check), make('span', {class: 'tag'}, f.rule),
      make('span', {class: 'tag'}, f.trust + ' precision'),
      make('span', {class: 'tag', title: 'fingerprint'}, f.id),
      f.silence ? make('span', {class: 'tag'}, 'suppressed: ' + (f.silence.why || f.silence.kind)) : null));
  const path = make('div');
  const drawing = timeline(steps, n => {
    const said = root.querySelector(`[data-step="${n}"]`);
    if (!said) return;
    said.scrollIntoView({block: 'center'});
    said.classList.remove('flash');
    void said.offsetWidth;
    said.classList.add('flash');
  });
  if (drawing)
    path.append(make('section', {class: 'card'}, make('h3', {}, lifeOf(steps)), make('div', {class: 'life'}, drawing)));
  for (const g of groups.values()) path.append(excerpt(g.file, g.fn, g.steps, steps.length));
  if (f.fixes.length) {
    const list = make('ul');
    for (const fix of f.fixes) list.append(make('li', {}, fix));
    path.append(make('section', {class: 'card'}, make('h3', {}, 'Fixes (netdev-lint --fix)'), make('div', {class: 'text'}, list)));
  }
  root.append(make('div', {class: 'columns'}, path, make('aside', {}, ruleCard(f), withPage ? pageCard(f.check) : null)));
  return root;
}

/// All that the filters show, each page of a check once.
function onPaper() {
  const pages = [...new Set(visible.map(f => f.check))].sort().map(pageCard);
  return [...visible.map(f => render(f, false)), ...pages];
}

function show(index, scroll) {
  const list = byId('list'), detail = byId('detail');
  const old = list.querySelector('[aria-current=true]');
  if (old) old.removeAttribute('aria-current');
  current = index;
  detail.replaceChildren();
  if (index < 0) return;
  const row = list.children[index];
  row.setAttribute('aria-current', 'true');
  if (scroll) row.scrollIntoView({block: 'nearest'});
  detail.append(render(visible[index]));
  detail.scrollTop = 0;
  history.replaceState(null, '', '#' + visible[index].anchor);
}

function matches(f) {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const pick = id => byId(id).value;
  return (!f.silence || byId('quiet').checked) &&
    (!pick('check') || f.check === pick('check')) &&
    (!pick('precision') || f.trust === pick('precision')) &&
    (!pick('folder') || f.file.startsWith(pick('folder'))) &&
    words.every(w => f.hay.includes(w));
}

function row(f, i) {
  const rule = data.rules[f.rule];
  const li = make('li', {'data-index': i},
    make('span', {class: 'place'}, `${f.file}:${f.line}`),
    make('span', {class: 'what'}, f.msg),
    make('span', {class: 'tag ' + (rule ? rule.grade : '')}, f.check.replace(/^netdev-/, '')),
    ' ', make('span', {class: 'tag'}, f.trust),
    f.silence ? make('span', {class: 'tag'}, 'suppressed') : null);
  return li;
}

function refresh() {
  const kept = visible[current];
  visible = data.findings.filter(matches);
  const rows = visible.map(row);
  byId('list').replaceChildren(...(rows.length ? rows : [make('li', {class: 'none'}, 'Nothing fits.')]));
  const files = new Set(visible.map(f => f.file)).size;
  byId('tally').textContent =
    `${visible.length} of ${data.findings.length} findings in ${files} ${files === 1 ? 'file' : 'files'}`;
  show(kept && visible.includes(kept) ? visible.indexOf(kept) : visible.length ? 0 : -1, true);
}

function options(id, all, values) {
  const count = new Map();
  for (const v of values) count.set(v, (count.get(v) || 0) + 1);
  byId(id).append(make('option', {value: ''}, all));
  for (const [value, n] of [...count].sort(([a], [b]) => a < b ? -1 : 1))
    byId(id).append(make('option', {value}, `${value} (${n})`));
}

function start() {
  const seen = new Map();
  for (const f of data.findings) {
    f.hay = [f.msg, f.file, f.fn, f.check, f.rule].join(' ').toLowerCase();
    const n = (seen.get(f.id) || 0) + 1; // two files may hold one fingerprint
    seen.set(f.id, n);
    f.anchor = n === 1 ? f.id : `${f.id}-${n}`;
  }
  byId('tree').textContent = [data.tree, data.tool].filter(Boolean).join(' · ');
  options('check', 'all checks', data.findings.map(f => f.check));
  options('precision', 'any precision', data.findings.map(f => f.trust));
  options('folder', 'all folders', data.findings.map(f => f.file.replace(/[^/]*$/, '')).filter(Boolean));
  byId('quiet-label').hidden = !data.findings.some(f => f.silence);
  // What failed is said at once; of many notes only that they are there.
  const notes = data.alerts.filter(a => a.kind !== 'failed');
  const folded = notes.length > 3 ? make('details', {}, make('summary', {}, `${notes.length} notes`)) : byId('alerts');
  for (const a of data.alerts)
    (a.kind === 'failed' ? byId('alerts') : folded).append(make('p', {class: a.kind}, a.text));
  if (notes.length > 3) byId('alerts').append(folded);
  for (const id of ['check', 'precision', 'folder', 'quiet']) byId(id).addEventListener('change', refresh);
  byId('search').addEventListener('input', refresh);
  byId('list').addEventListener('click', e => {
    const li = e.target.closest('[data-index]');
    if (li) show(Number(li.dataset.index), false);
  });
  document.addEventListener('keydown', e => {
    const typing = e.target.matches('input[type=search], select');
    if (e.key === 'Escape') {
      byId('search').value = '';
      document.activeElement.blur();
      refresh();
    } else if (typing || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    } else if (e.key === '/') {
      byId('search').focus();
      e.preventDefault();
    } else if (e.key === 'j' && current + 1 < visible.length) {
      show(current + 1, true);
    } else if (e.key === 'k' && current > 0) {
      show(current - 1, true);
    }
  });
  addEventListener('beforeprint', () => byId('print').replaceChildren(...onPaper()));
  addEventListener('afterprint', () => byId('print').replaceChildren());
  const asked = decodeURIComponent(location.hash.slice(1));
  refresh();
  const at = visible.findIndex(f => f.anchor === asked);
  if (at > 0) show(at, true);
}
start();
