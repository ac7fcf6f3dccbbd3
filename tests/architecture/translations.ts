import ts from "typescript";

/** A key or a shape of keys: "desk.queue.title", or /^requests\.event\.[^.]+$/ from a template. */
export interface Use {
  readonly at: string;
  readonly key: RegExp;
}

/**
 * How one file uses the catalogue.
 * `calls`: keys it asks for. `open`: namespaces whose keys come from elsewhere (a variable, a function handed on).
 * `literals`: every text in it, among which those keys must be.
 */
export interface Uses {
  readonly calls: readonly Use[];
  readonly open: readonly RegExp[];
  readonly literals: ReadonlySet<string>;
  readonly shapes: readonly RegExp[];
}

const makers = new Set(["useTranslations", "getTranslations", "translator"]);

export function usesIn(file: string, text: string): Uses {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const at = (node: ts.Node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const calls: Use[] = [];
  const open: RegExp[] = [];
  const literals = new Set<string>();
  const shapes: RegExp[] = [];

  const bound = translatorsIn(source, open);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    // A type of the catalogue says none of it.
    const whole = ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword ? /\/messages\/en\/(.+)\.json/.exec(node.moduleSpecifier.getText()) : null;
    if (whole) calls.push({ at: at(node), key: exactly(`${escaped(whole[1] ?? "")}\\.[^]+`) });
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) literals.add(node.name.getText());
    if (ts.isTemplateExpression(node) && /[a-z]/i.test(node.head.text + node.templateSpans.map((span) => span.literal.text).join(""))) shapes.push(...keys(node));
    const namespace = ts.isIdentifier(node) ? bound(node) : null;
    if (namespace) {
      const call = callOf(node as ts.Identifier);
      const asked = call ? keys(call.arguments[0]) : [];
      for (const key of asked) calls.push({ at: at(node), key: joined(namespace, key) });
      if (asked.length === 0 && call?.expression.getText().endsWith(".has") !== true) open.push(namespace);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { calls, open, literals, shapes };
}

/** Names bound to a translator, by the nearest enclosing function; makers used in any other way open their namespace. */
function translatorsIn(source: ts.SourceFile, open: RegExp[]): (name: ts.Identifier) => RegExp | null {
  const found: { scope: ts.Node; name: string; declared: ts.Node; namespace: RegExp }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && makers.has(node.expression.text)) {
      const namespaces = keys(node.arguments[node.expression.text === "translator" ? 1 : 0]);
      // The namespace comes in a variable: it must be one of the names the file spells out.
      if (namespaces.length === 0) open.push(...textsIn(source));
      const holder = declarationOf(node);
      for (const namespace of namespaces) {
        if (holder) found.push({ scope: scopeOf(holder), name: holder.name.getText(), declared: holder.name, namespace });
        else open.push(namespace);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return (identifier) => {
    for (let scope = scopeOf(identifier); ; scope = scopeOf(scope)) {
      const match = found.find((one) => one.scope === scope && one.name === identifier.text);
      if (match) return match.declared === identifier || isMemberName(identifier) ? null : match.namespace;
      if (ts.isSourceFile(scope)) return null;
    }
  };
}

function textsIn(source: ts.SourceFile): RegExp[] {
  const texts: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && /^[a-z][\w-]*(\.[\w-]+)*$/.test(node.text)) texts.push(exactly(escaped(node.text)));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isJsxAttribute(parent) || ts.isTypeQueryNode(parent);
}

function declarationOf(call: ts.CallExpression): ts.VariableDeclaration | null {
  let node: ts.Node = call;
  while (ts.isAwaitExpression(node.parent) || ts.isAsExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent : null;
}

function scopeOf(node: ts.Node): ts.Node {
  let scope = node.parent;
  while (!ts.isFunctionLike(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  return scope;
}

/** t(…), t.rich(…), t.raw(…), t.has(…) */
function callOf(name: ts.Identifier): ts.CallExpression | null {
  const callee = ts.isPropertyAccessExpression(name.parent) && name.parent.expression === name ? name.parent : name;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : null;
}

/** What an expression may be as a key; nothing when it comes from elsewhere. */
export function keys(node: ts.Expression | undefined): RegExp[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [exactly(escaped(node.text))];
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) return keys(node.expression);
  if (ts.isConditionalExpression(node)) {
    const both = [keys(node.whenTrue), keys(node.whenFalse)];
    return both.every((side) => side.length > 0) ? both.flat() : [];
  }
  if (ts.isTemplateExpression(node)) {
    const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
    return [exactly(parts.map(escaped).join("[^]+"))];
  }
  return [];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const exactly = (pattern: string) => new RegExp(`^${pattern}$`);

export function joined(namespace: RegExp, key: RegExp): RegExp {
  return exactly(`${namespace.source.slice(1, -1)}\\.${key.source.slice(1, -1)}`);
}
