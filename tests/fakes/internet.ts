import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Network } from "#lib/matrix/safe-fetch.ts";
import type { ResolveSrv } from "#lib/matrix/server-discovery.ts";
import { certificateFor } from "#tests/fixtures/certificate.ts";
import type { Reply } from "./faulty-server.ts";

export interface Arrival {
  /** Address, port and path: "https://8.8.8.8:443/a". */
  readonly at: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface FakeInternet {
  readonly network: Network;
  readonly srv: ResolveSrv;
  /** Where connections went, address and port: what is not here was not asked. */
  readonly dialled: readonly string[];
  readonly arrivals: readonly Arrival[];
  /** Addresses of a name, one answer a question; the last one stays. */
  name(host: string, ...answers: readonly (readonly string[])[]): void;
  record(name: string, target: string, port: number, priority?: number): void;
  /** What is served at an address and port, by path. */
  serve(address: string, port: number, replies?: Readonly<Record<string, Reply>>): Promise<void>;
  stop(): Promise<void>;
}

/** Names, addresses and HTTPS servers as a test has them; every connection ends on this machine. */
export async function startInternet(certified: readonly string[]): Promise<FakeInternet> {
  const { certificate, key } = certificateFor(certified);
  const names = new Map<string, (readonly string[])[]>();
  const records = new Map<string, { name: string; port: number; priority: number }[]>();
  const servers = new Map<string, { port: number; server: Server }>();
  const close = async (server: Server) => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const dialled: string[] = [];
  const arrivals: Arrival[] = [];

  async function arrive(at: string, request: IncomingMessage): Promise<void> {
    const path = request.url ?? "";
    arrivals.push({ at: `https://${at}${path}`, host: request.headers.host ?? "", method: request.method ?? "", path, authorization: request.headers.authorization, body: await text(request) });
  }

  return {
    network: {
      ca: certificate,
      timeoutMs: 400,
      resolve(host) {
        const answers = names.get(host) ?? [];
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        return answer ? Promise.resolve(answer) : Promise.reject(new Error("ENOTFOUND"));
      },
      dial(address, port) {
        dialled.push(`${address} ${port}`);
        // Nobody listens on port 1.
        return { host: "127.0.0.1", port: servers.get(`${address} ${port}`)?.port ?? 1 };
      },
    },
    srv: (name) => (records.has(name) ? Promise.resolve(records.get(name) ?? []) : Promise.reject(new Error("ENODATA"))),
    dialled,
    arrivals,
    name: (host, ...answers) => void names.set(host, [...answers]),
    record: (name, target, port, priority = 10) => void records.set(name, [...(records.get(name) ?? []), { name: target, port, priority }]),
    async serve(address, port, replies = {}) {
      const at = `${address} ${port}`;
      const earlier = servers.get(at);
      if (earlier) await close(earlier.server);
      const server = createServer({ cert: certificate, key }, (request, response) => {
        void arrive(at.replace(" ", ":"), request).then(() => {
          const reply = replies[request.url ?? ""];
          if (reply) reply(request, response);
          else response.writeHead(404, { "content-type": "application/json" }).end('{"errcode":"M_UNRECOGNIZED"}');
        });
      });
      // A client that does not trust the certificate hangs up: no news here.
      server.on("tlsClientError", () => undefined);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      servers.set(at, { port: (server.address() as AddressInfo).port, server });
    },
    async stop() {
      for (const { server } of servers.values()) await close(server);
    },
  };
}
