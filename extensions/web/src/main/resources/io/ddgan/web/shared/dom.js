/** What the pages make their elements with. */

export const $ = id => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== undefined && child !== ''));
  return made;
}

/** Makes these a node's children. Those that are in their place are not touched: whoever drags one or types into it goes on. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => { if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null); });
}

/** Parts of a page by name, which stay while what they show changes. */
export class Parts {
  #parts = new Map(); #used = new Set();

  /** A part that is made once and shows from then on what it is told. */
  of(name, make) {
    this.#used.add(name);
    if (!this.#parts.has(name)) this.#parts.set(name, make());
    return this.#parts.get(name);
  }

  /** A node that is made anew when what it shows is no longer the same. */
  node(name, shown, make) {
    this.#used.add(name);
    const text = JSON.stringify(shown), known = this.#parts.get(name);
    if (known && known.text === text) return known.node;
    const node = make();
    if (known?.node.open) node.open = true;
    this.#parts.set(name, { text, node });
    return node;
  }

  /** Lets those go that have not been asked for since the last time, and what they hold. */
  forgetUnused() {
    for (const [name, part] of this.#parts) {
      if (this.#used.has(name)) continue;
      part.end?.();
      this.#parts.delete(name);
    }
    this.#used.clear();
  }

  clear() {
    this.#used.clear();
    this.forgetUnused();
  }
}
