/** Helpers to create and update elements. */

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

/** Sets a node's children. Children already in place are not touched, which keeps drags and input alive. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => { if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null); });
}

/** Parts of a page by name, which persist across updates. */
export class Parts {
  #parts = new Map(); #used = new Set();

  /** Returns a part, created on first use. */
  of(name, make) {
    this.#used.add(name);
    if (!this.#parts.has(name)) this.#parts.set(name, make());
    return this.#parts.get(name);
  }

  /** Returns a node, created again when its content changes. */
  node(name, shown, make) {
    this.#used.add(name);
    const text = JSON.stringify(shown), known = this.#parts.get(name);
    if (known && known.text === text) return known.node;
    const node = make();
    if (known?.node.open) node.open = true;
    this.#parts.set(name, { text, node });
    return node;
  }

  /** Discards parts that were not used since the last call, with their resources. */
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
