/**
 * Guest text, part 4: XML content as a small read-only DOM (SCXML B.2.1). Trees come parsed from the host as
 * {name, attributes, children}; a `Document` remembers its text, which is also how it is saved.
 */
export const domText = String.raw`
/** node -> what it does not show: its tree, document, place and text. */
const nodes = new WeakMap();
const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const written = (tree) => typeof tree === 'string' ? escaped(tree)
  : '<' + tree.name + keysOf(tree.attributes).map((name) => ' ' + name + '="' + escaped(tree.attributes[name]) + '"').join('')
    + '>' + tree.children.map(written).join('') + '</' + tree.name + '>';
const textOf = (tree) => typeof tree === 'string' ? tree : tree.children.map(textOf).join('');

class Node {
  get firstChild() { return this.childNodes[0] ?? null; }
  get lastChild() { return this.childNodes[this.childNodes.length - 1] ?? null; }
  get nextSibling() { return sibling(this, 1); }
  get previousSibling() { return sibling(this, -1); }
  get ownerDocument() { const { document } = nodes.get(this); return document === this ? null : document; }
  get textContent() { return textOf(nodes.get(this).tree); }
  hasChildNodes() { return this.childNodes.length > 0; }
  toString() { return nodes.get(this).text(); }
}
class Parent extends Node {
  get children() { return lock(this.childNodes.filter((child) => child instanceof Element)); }
  get firstElementChild() { return this.children[0] ?? null; }
  getElementsByTagName(name) {
    const found = [];
    const search = (node) => {
      for (const child of node.children) {
        if (name === '*' || child.tagName === name) found.push(child);
        search(child);
      }
    };
    search(this);
    return lock(found);
  }
}
class Element extends Parent {
  getAttribute(name) { return this.hasAttribute(name) ? nodes.get(this).tree.attributes[name] : null; }
  hasAttribute(name) { return Object.hasOwn(nodes.get(this).tree.attributes, name); }
  getAttributeNames() { return keysOf(nodes.get(this).tree.attributes); }
}
class Text extends Node {}
class Document extends Parent {
  get documentElement() { return this.childNodes[0]; }
}
const sibling = (node, step) => {
  const all = node.parentNode?.childNodes ?? [];
  return all[all.indexOf(node) + step] ?? null;
};
for (const Class of [Node, Parent, Element, Text, Document]) freeze(Class);

const grow = (node, tree, document, parentNode, place, text) => {
  nodes.set(node, { tree, document, place, text });
  const { children = [] } = tree;
  const childNodes = children.map((child, index) => {
    const own = [...place, index];
    if (typeof child === 'string') {
      const leaf = Object.create(Text.prototype, fieldsOf({ nodeType: 3, nodeName: '#text', nodeValue: child, data: child }));
      return grow(leaf, child, document, node, own, () => child);
    }
    const { name } = child;
    const fields = { nodeType: 1, nodeName: name, tagName: name, localName: name.slice(name.indexOf(':') + 1), nodeValue: null };
    fields.attributes = lock(keysOf(child.attributes).map((name) => lock({ name, value: child.attributes[name] })));
    return grow(Object.create(Element.prototype, fieldsOf(fields)), child, document, node, own, () => written(child));
  });
  defineProperty(node, 'parentNode', { value: parentNode });
  defineProperty(node, 'childNodes', { value: lock(childNodes) });
  return lock(node);
};
const fieldsOf = (values) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, enumerable: true }]));
const documentOf = (xml, tree) => {
  const document = Object.create(Document.prototype, fieldsOf({ nodeType: 9, nodeName: '#document', nodeValue: null }));
  return grow(document, { name: '#document', attributes: {}, children: [tree] }, document, null, [], () => xml);
};

const saveNode = (node, path, walk) => {
  const { document, place } = nodes.get(node);
  return document === node ? { $xml: nodes.get(node).text() } : { $node: [walk(document, path), ...place] };
};
`;
