import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How one request is answered. */
export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyServer {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly authorization: string | undefined; readonly body: string }[];
  /** Replies to come, one a request; the last one stays. */
  script(...replies: readonly Reply[]): void;
  stop(): Promise<void>;
}

/** A tiny HTTP server that misbehaves on request. */
export async function startFaultyServer(): Promise<FaultyServer> {
  const requests: { method: string; path: string; authorization: string | undefined; body: string }[] = [];
  let replies: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push({ method: request.method ?? "", path: request.url ?? "", authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      (reply ?? json(404, {}))(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script: (...more) => void (replies = [...more]),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => (_request, response) => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};

/** The head at once, then a byte now and then for ever. */
export const drip = (everyMs: number): Reply => (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), everyMs);
  response.on("close", () => clearInterval(timer));
};

/** Much more than anyone asked for. */
export const huge = (bytes: number): Reply => (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  let left = bytes;
  const more = () => {
    while (left > 0) {
      left -= 65_536;
      if (!response.write(" ".repeat(65_536))) return void response.once("drain", more);
    }
    response.end("{}");
  };
  more();
};

/** Says a length, sends half of it and hangs up. */
export const truncated = (text: string): Reply => (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": String(text.length) });
  response.write(text.slice(0, text.length / 2), () => setTimeout(() => response.destroy(), 20));
};

/** Takes the request and never answers. */
export const silent: Reply = () => undefined;

export const hangUp: Reply = (request) => void request.socket.destroy();
