import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { languageTags } from "#lib/messages/languages.ts";
import { defaultLocale, locales, type Messages } from "#lib/messages/messages.ts";

const folder = path.join("lib", "messages");

/** As the files say it, without the fall-back to English. */
function sentences(locale: string): ReadonlyMap<string, string> {
  const files = readdirSync(path.join(folder, locale)).filter((file) => file.endsWith(".json"));
  return new Map(files.flatMap((file) => leaves(JSON.parse(readFileSync(path.join(folder, locale, file), "utf8")) as Messages, `${path.basename(file, ".json")}.`)));
}

function leaves(messages: Messages, above: string): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[`${above}${key}`, value]] : leaves(value, `${above}${key}.`)));
}

/** What a sentence needs to be said: arguments, tags, the cases of its choices. A plural may stand where English has a number. */
function needs(elements: readonly MessageFormatElement[]): string[] {
  return [...new Set(elements.flatMap((element): string[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.tag:
        return [`<${element.value}>`, ...needs(element.children)];
      case TYPE.select:
        return [`${element.value} select ${Object.keys(element.options).sort().join(" ")}`, ...Object.values(element.options).flatMap(({ value }) => needs(value))];
      case TYPE.plural:
        return [element.value, ...Object.values(element.options).flatMap(({ value }) => needs(value))];
      case TYPE.argument:
      case TYPE.number:
      case TYPE.date:
      case TYPE.time:
        return [element.value];
    }
  }))].sort();
}

/** Plural forms a language has and the sentence lacks. */
function lacking(elements: readonly MessageFormatElement[], locale: string): string[] {
  const rules = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return elements.flatMap((element): string[] => {
    if (element.type === TYPE.tag) return lacking(element.children, locale);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inner = Object.values(element.options).flatMap(({ value }) => lacking(value, locale));
    return element.type === TYPE.select ? inner : [...rules.filter((form) => !(form in element.options)), ...inner];
  });
}

const english = sentences(defaultLocale);
const words = (text: string) => text.replace(/[{<][^}>]*[}>]/g, " ").match(/\p{Letter}{2,}/gu)?.length ?? 0;

test("a language that is offered has its folder, and no folder is left that is not", () => {
  expect(locales()).toEqual([...languageTags]);
});

describe.each(locales().filter((locale) => locale !== defaultLocale))("in %s", (locale) => {
  const ours = sentences(locale);
  const both = [...english].flatMap(([key, text]) => {
    const said = ours.get(key);
    return said === undefined ? [] : [{ key, text, said }];
  });

  test("every sentence is said, and no other", () => {
    expect({ missing: [...english.keys()].filter((key) => !ours.has(key)), left: [...ours.keys()].filter((key) => !english.has(key)) }).toEqual({ missing: [], left: [] });
  });

  test("a sentence takes what the English one takes", () => {
    const wrong = both.filter(({ text, said }) => needs(parse(said)).join() !== needs(parse(text)).join());
    expect(wrong.map(({ key, text, said }) => `${key}: ${needs(parse(said)).join(", ")} instead of ${needs(parse(text)).join(", ")}`)).toEqual([]);
  });

  test("every plural has the forms of the language", () => {
    expect(both.flatMap(({ key, said }) => lacking(parse(said), locale).map((form) => `${key}: ${form}`))).toEqual([]);
  });

  test("nothing was left in English", () => {
    expect(both.filter(({ text, said }) => said === text && words(text) >= 4).map(({ key }) => key)).toEqual([]);
  });
});
