import ts from "typescript";
import { createTranslator, type AbstractIntlMessages } from "use-intl/core";
import { expect, test } from "vitest";
import { messagesFor, type Messages } from "#lib/messages/messages.ts";
import { read, sources } from "./sources.ts";
import { keys, usesIn } from "./translations.ts";

function leaves(messages: Messages, above = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) => (typeof value === "string" ? [`${above}${key}`] : leaves(value, `${above}${key}.`)));
}

const catalogue = messagesFor("en");
const sentences = leaves(catalogue);
const files = sources("app", "lib").filter((file) => /\.tsx?$/.test(file));
const uses = files.map((file) => usesIn(file, read(file)));

/** What `t.raw` takes is a branch. */
const known = [...sentences, ...sentences.flatMap((key) => key.split(".").map((_, index, parts) => parts.slice(0, index).join(".")).filter(Boolean))];

test("reads how a file uses the catalogue", () => {
  const { calls, open } = usesIn(
    "x.tsx",
    "function A() { const t = useTranslations('a.b'); t('one'); t.rich(late ? 'two' : 'three'); t(`four.${x}`); } async function B() { const t = await getTranslations('c'); say(t); t(key); }",
  );
  expect(calls.map(({ key }) => key.source)).toEqual(["^a\\.b\\.one$", "^a\\.b\\.two$", "^a\\.b\\.three$", "^a\\.b\\.four\\.[^]+$"]);
  expect(open.map(String)).toEqual(["/^c$/", "/^c$/"]);
  expect(usesIn("y.tsx", "function C({ words = 'd.e' }) { const t = useTranslations(words); t(key); }").open.map(String)).toContain("/^d\\.e$/");
});

test("no page or letter asks for a sentence that is missing", () => {
  const missing = uses.flatMap(({ calls }) => calls).filter(({ key }) => !known.some((one) => key.test(one)));
  expect(missing.map(({ at, key }) => `${at} ${key.source}`)).toEqual([]);
});

test("every refusal and every failure has its sentence", () => {
  const missing = files.flatMap((file) => reasonsIn(file)).filter(({ shape }) => !sentences.some((one) => shape.test(one)));
  expect(missing.map(({ at, shape }) => `${at} ${shape.source}`)).toEqual([]);
});

test("no sentence is left that nobody says", () => {
  const calls = uses.flatMap((use) => use.calls.map(({ key }) => key));
  const open = uses.flatMap((use) => use.open);
  const literals = new Set(uses.flatMap((use) => [...use.literals]));
  const shapes = uses.flatMap((use) => use.shapes);
  const said = (sentence: string) => {
    if (calls.some((key) => key.test(sentence) || key.test(sentence.split(".").slice(0, -1).join(".")))) return true;
    const parts = sentence.split(".");
    return parts.some((_, index) => {
      const [namespace, key] = [parts.slice(0, index).join("."), parts.slice(index).join(".")];
      return open.some((one) => one.test(namespace)) && (literals.has(key) || shapes.some((shape) => shape.test(key)));
    });
  };
  expect(sentences.filter((sentence) => !said(sentence))).toEqual([]);
});

test("every sentence can be read by the formatter", () => {
  const broken: string[] = [];
  const onError = (error: { code: string; message: string }) => {
    if (error.code === "INVALID_MESSAGE") broken.push(error.message);
  };
  const messages: AbstractIntlMessages = catalogue;
  const t = createTranslator({ locale: "en", messages, onError }) as (key: string, values: object) => string;
  for (const sentence of sentences) t(sentence, {});
  expect(broken).toEqual([]);
});

/** `new DomainError(code, reason, fields)` speaks through errors.*, RetryLater and GiveUp through failures.* */
function reasonsIn(file: string): { at: string; shape: RegExp }[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: { at: string; shape: RegExp }[] = [];
  const add = (node: ts.Expression | undefined, namespace: string) => {
    for (const key of keys(node)) found.push({ at: `${file}:${source.getLineAndCharacterOfPosition((node ?? source).getStart()).line + 1}`, shape: new RegExp(key.source.replace("^", `^${namespace}\\.`)) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const [first, second, third] = node.arguments ?? [];
      const name = node.expression.getText();
      if (name === "DomainError") {
        add(second, "errors");
        if (third && ts.isObjectLiteralExpression(third)) for (const field of third.properties) if (ts.isPropertyAssignment(field)) add(field.initializer, "errors");
      }
      if (name === "RetryLater" || name === "GiveUp") add(first, "failures");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
