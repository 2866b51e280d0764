'use strict';
// The little Markdown that the checks' pages use, as nodes: text never becomes
// markup, whatever it holds.

/// An element with attributes and children (nodes or strings).
function make(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== null && value !== undefined) e.setAttribute(key, value);
  e.append(...children.filter(c => c !== null && c !== undefined));
  return e;
}

function inlineMarkdown(text, into) {
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:[^)\s]+)\)/g;
  let last = 0, m;
  while ((m = pattern.exec(text))) {
    into.append(text.slice(last, m.index));
    if (m[1] !== undefined) into.append(make('code', {}, m[1]));
    else if (m[2] !== undefined) into.append(make('b', {}, m[2]));
    else into.append(make('a', {href: m[4], rel: 'noreferrer'}, m[3]));
    last = pattern.lastIndex;
  }
  into.append(text.slice(last));
  return into;
}

function markdown(text) {
  const out = make('div', {class: 'text'});
  let list = null, paragraph = [];
  const flush = () => {
    if (paragraph.length) out.append(inlineMarkdown(paragraph.join(' '), make('p')));
    paragraph = [];
    list = null;
  };
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; ++i) {
    const line = lines[i];
    let m;
    if (/^\s*```/.test(line)) {
      flush();
      const code = [];
      while (++i < lines.length && !/^\s*```/.test(lines[i])) code.push(lines[i]);
      out.append(make('pre', {}, code.join('\n')));
    } else if ((m = /^#+\s+(.*)/.exec(line))) {
      flush();
      out.append(inlineMarkdown(m[1], make('h4')));
    } else if ((m = /^\s*(?:[*-]|\d+\.)\s+(.*)/.exec(line))) {
      if (!list) {
        flush();
        list = make('ul');
        out.append(list);
      }
      list.append(inlineMarkdown(m[1], make('li')));
    } else if (!line.trim()) {
      flush();
    } else if (list && /^\s/.test(line)) {
      inlineMarkdown(' ' + line.trim(), list.lastChild);
    } else {
      list = null;
      paragraph.push(line.trim());
    }
  }
  flush();
  return out;
}
