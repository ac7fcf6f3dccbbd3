import { fromMarkdown } from "mdast-util-from-markdown";
import { Fragment, type ReactNode } from "react";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

/**
 * CommonMark as elements of ours: what the text holds can become nothing else. HTML in it is shown as the text it is, a
 * picture as its description, and a link only leads to the web or to mail.
 * @param untitled leave out the first heading, where the page shows it as its own title
 */
export function Markdown({ text, untitled = false }: { readonly text: string; readonly untitled?: boolean }) {
  const { children } = fromMarkdown(text);
  const title = untitled ? children.findIndex((node) => node.type === "heading" && node.depth === 1) : -1;
  return children.filter((_, at) => at !== title).map((node, at) => <Fragment key={at}>{element(node)}</Fragment>);
}

const inner = (node: { readonly children: readonly Node[] }): ReactNode => node.children.map((child, at) => <Fragment key={at}>{element(child)}</Fragment>);

function element(node: Node): ReactNode {
  switch (node.type) {
    case "text":
    case "html":
      return node.value;
    case "paragraph":
      return <p>{inner(node)}</p>;
    case "heading": {
      // The page's title is its only first heading.
      const Heading = (["h2", "h2", "h3", "h4", "h5", "h6"] as const)[node.depth - 1] ?? "h6";
      return <Heading>{inner(node)}</Heading>;
    }
    case "list":
      return node.ordered ? <ol start={node.start ?? undefined}>{inner(node)}</ol> : <ul>{inner(node)}</ul>;
    case "listItem":
      // Points close together are no paragraphs.
      return <li>{node.spread ? inner(node) : node.children.map((child, at) => <Fragment key={at}>{child.type === "paragraph" ? inner(child) : element(child)}</Fragment>)}</li>;
    case "blockquote":
      return <blockquote>{inner(node)}</blockquote>;
    case "emphasis":
      return <em>{inner(node)}</em>;
    case "strong":
      return <strong>{inner(node)}</strong>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      );
    case "link":
      return leads(node.url) ? (
        <a href={node.url} rel="noreferrer">
          {inner(node)}
        </a>
      ) : (
        inner(node)
      );
    case "image":
    case "imageReference":
      return node.alt;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "definition":
    case "yaml":
      return null;
    case "linkReference":
    case "delete":
    case "footnoteDefinition":
    case "footnoteReference":
    case "table":
    case "tableRow":
    case "tableCell":
      return "children" in node ? inner(node) : null;
  }
}

const leads = (url: string): boolean => /^(?:https?:\/\/|mailto:)/i.test(url);
