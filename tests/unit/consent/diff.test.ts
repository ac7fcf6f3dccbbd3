import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts, isChanged } from "#lib/consent/diff.ts";

const shape = (older: string, newer: string) => diffTexts(older, newer).map(({ is, parts }) => (is === "changed" ? parts.map((part) => (part.is === "kept" ? part.text : `${part.is === "added" ? "+" : "-"}[${part.text}]`)).join("") : `${is}: ${parts[0]?.text ?? ""}`));

describe("what a newer text changed", () => {
  it("is told by words, in the paragraph where it stands", () => {
    expect(shape("# Terms\n\nBe kind.\n\nWe keep messages for thirty days.", "# Terms\n\nBe kind.\n\nWe keep messages for ninety days.")).toEqual(["kept: # Terms", "kept: Be kind.", "We keep messages for -[thirty]+[ninety] days."]);
  });

  it("does not call new what only moved down", () => {
    expect(shape("One.\n\nTwo.", "One.\n\nBetween.\n\nTwo.")).toEqual(["kept: One.", "added: Between.", "kept: Two."]);
    expect(shape("One.\n\nGone.\n\nTwo.", "One.\n\nTwo.")).toEqual(["kept: One.", "removed: Gone.", "kept: Two."]);
  });

  it("does not mix two paragraphs that share nothing", () => {
    expect(shape("Cats sleep all day long.", "Nobody may sell personal data.")).toEqual(["removed: Cats sleep all day long.", "added: Nobody may sell personal data."]);
  });

  it("is nothing where only lines were broken anew", () => {
    expect(isChanged(diffTexts("A text\nover two lines.\r\n\r\nB.", "A text over\ntwo lines.\n\n\nB.\n"))).toBe(false);
  });

  it("keeps the points of a list apart", () => {
    expect(shape("- one\n- two", "- one\n- two\n- three")).toEqual(["- one\n- two+[\n- three]"]);
  });

  it("gives both texts back, whatever they are", () => {
    const paragraph = fc.array(fc.constantFrom("we", "keep", "data", "never", "sell", "30", "дані", "für"), { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
    const text = fc.array(paragraph, { maxLength: 8 });
    fc.assert(fc.property(text, text, (older, newer) => {
      const blocks = diffTexts(older.join("\n\n"), newer.join("\n\n"));
      const side = (without: "added" | "removed") => blocks.map(({ parts }) => parts.filter(({ is }) => is !== without).map((part) => part.text).join("")).filter((one) => one !== "");
      expect(side("added")).toEqual(older);
      expect(side("removed")).toEqual(newer);
    }));
  });
});
