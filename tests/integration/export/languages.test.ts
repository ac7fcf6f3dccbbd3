import { extractText, getDocumentProxy } from "unpdf";
import { beforeEach, describe, expect, it } from "vitest";
import { buildExport } from "#lib/export/build.ts";
import { languageTags } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { buildWorld, sealedOf } from "./build-world.ts";
import { someKinds } from "./some-kinds.ts";

const world = buildWorld();
beforeEach(() => world.reset());

describe.each(languageTags)("a package for somebody who reads in %s", (locale) => {
  it("speaks that language in every document, and passes the gate", async () => {
    const { id, actor } = await world.running();
    await world.db.person.update({ where: { id: actor.personId }, data: { locale } });
    await buildExport({ ...world.ctx(), renderPdf }, { requestId: id }, { kinds: someKinds });
    const found = await world.db.package.findFirstOrThrow({ where: { requestId: id } });
    const { files } = await openPackage(Buffer.concat((await (await world.storage.open(sealedOf(found))).toArray()) as Buffer[]));
    const text = (name: string) => files.get(name)?.content.toString() ?? "";

    const t = translator(locale, "package");
    expect(text("index.html")).toContain(`<html lang="${locale}"`);
    const title = t("contents.heading");
    expect(text("index.html")).toContain(title.replaceAll("&", "&amp;"));
    const pdf = files.get("summary.pdf")?.content;
    const { text: pages } = await extractText(await getDocumentProxy(new Uint8Array(pdf ?? [])), { mergePages: true });
    expect(pages.replace(/\s+/g, " ")).toContain(t("pdf.exclusions"));
  });
});
