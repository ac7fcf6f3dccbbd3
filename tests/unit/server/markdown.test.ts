import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "#app/_ui/markdown.tsx";

const html = (text: string, untitled = false) => renderToStaticMarkup(createElement(Markdown, { text, untitled }));

test("makes the elements a text is written in", () => {
  expect(html("# Terms\n\nOne *two* **three** `four`  \nfive &amp; six.\n\n- a\n- b\n\n3. c\n\n> d\n\n---\n\n## Part")).toBe(
    "<h2>Terms</h2><p>One <em>two</em> <strong>three</strong> <code>four</code><br/>five &amp; six.</p><ul><li>a</li><li>b</li></ul><ol start=\"3\"><li>c</li></ol><blockquote><p>d</p></blockquote><hr/><h2>Part</h2>",
  );
});

test("leaves out the title where the page shows it, and only that one", () => {
  expect(html("# Terms\n\n# Another\n\ntext", true)).toBe("<h2>Another</h2><p>text</p>");
});

test.each([
  "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<style>*{}</style>", "<iframe src=//evil.example></iframe>", "<a href=javascript:alert(1)>x</a>", "<svg/onload=alert(1)>", "<!-- <script> -->", "<form action=//evil.example>",
])("shows %s as the text it is", (text) => {
  expect(html(text)).not.toMatch(/<(?!\/?p>)/);
  expect(html(text)).toContain("&lt;");
});

test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "/desk", "&#106;avascript:alert(1)", "\u0001javascript:alert(1)"])("leads nowhere by %s", (url) => {
  expect(html(`[click](<${url}>)`)).toBe("<p>click</p>");
  expect(html(`![picture](<${url}>)`)).toBe("<p>picture</p>");
});

test("leads to the web and to mail, and tells nobody from where", () => {
  expect(html("[a](https://example.org/x?y=1) [b](mailto:dpo@example.org)")).toBe('<p><a href="https://example.org/x?y=1" rel="noreferrer">a</a> <a href="mailto:dpo@example.org" rel="noreferrer">b</a></p>');
});
