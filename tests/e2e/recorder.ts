import { appendFileSync, writeFileSync } from "node:fs";
import { createServer, request as ask, type IncomingHttpHeaders } from "node:http";

/** One request as it reached the portal's address: everything the portal's server could have seen. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Recorder {
  stop(): Promise<void>;
}

/**
 * Stands in front of the portal and writes down every request, whole, as one JSON document a line, before it passes it on.
 * Passes Host on as it came, like a reverse proxy should.
 */
export async function startRecorder(port: number, target: number, file: string): Promise<Recorder> {
  writeFileSync(file, "");
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { method = "", url = "", headers } = request;
      appendFileSync(file, `${JSON.stringify({ method, url, headers, body: body.toString("utf8") } satisfies Recorded)}\n`);
      const forwarded = { ...headers, "x-forwarded-for": request.socket.remoteAddress ?? "", connection: "close" };
      const upstream = ask({ host: "127.0.0.1", port: target, method, path: url, headers: forwarded }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      });
      upstream.on("error", () => response.writeHead(502).end());
      response.on("close", () => upstream.destroy());
      upstream.end(body);
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
