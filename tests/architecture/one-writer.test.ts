import ts from "typescript";
import { expect, test } from "vitest";
import { read, sources } from "./sources.ts";

/** R8: lib/requests/apply.ts alone writes a request's state, so that none changes without its audit record and jobs. */
const writer = "lib/requests/apply.ts";
const writes = /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert)$/;

/** Places in a file that write `state` of the model Request, or could (data that is not spelled out; SQL). */
export function stateWrites(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isRequestWrite(node)) {
      const [argument] = node.arguments;
      const parts = argument && ts.isObjectLiteralExpression(argument) ? ["data", "create", "update"].map((name) => property(argument, name)) : [argument];
      if (parts.some((part) => part && maySetState(part))) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    }
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && /(UPDATE|INSERT\s+INTO)\s+(public\.)?"?Request"?\b/i.test(node.getText())) {
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isRequestWrite(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const model = node.expression.expression;
  return writes.test(node.expression.name.text) && ts.isPropertyAccessExpression(model) && model.name.text === "request";
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const entry of object.properties) {
    if (entry.name?.getText() !== name) continue;
    return ts.isPropertyAssignment(entry) ? entry.initializer : (entry.name as ts.Identifier);
  }
  return undefined;
}

function maySetState(data: ts.Expression): boolean {
  if (!ts.isObjectLiteralExpression(data)) return true;
  return data.properties.some((entry) => ts.isSpreadAssignment(entry) || entry.name?.getText() === "state");
}

test.each([
  ["tx.request.update({ where: { id }, data: { state: 'ready' } })", 1],
  ["tx.request.updateMany({ where: { state: 'ready' }, data })", 1],
  ["tx.request.updateMany({ where: { state: 'ready' }, data: { ...set } })", 1],
  ["ctx.db.request.upsert({ where: { id }, create: { state }, update: {} })", 1],
  ["tx.$executeRaw`UPDATE \"Request\" SET state = 'ready'`", 1],
  ["tx.request.updateMany({ where: { state: 'ready' }, data: { counts } })", 0],
  ["tx.letter.update({ where: { id }, data: { state: 'sent' } })", 0],
  ["tx.request.findMany({ where: { state } })", 0],
])("recognises a write of the state: %s", (text, count) => {
  expect(stateWrites("x.ts", text)).toHaveLength(count);
});

test("only one file writes a request's state", () => {
  const found = sources("lib", "app").filter((file) => /\.tsx?$/.test(file) && file !== writer).flatMap((file) => stateWrites(file, read(file)));
  expect(found).toEqual([]);
  expect(stateWrites(writer, read(writer))).not.toEqual([]);
});
