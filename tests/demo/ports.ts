import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type DemoOptions, DemoStop } from "./options.ts";

const roles = { portal: "the portal", homeserver: "the homeserver", mail: "the page with the mail", smtp: "the mail server" } as const;

/**
 * Every port must be free. What is left of a demo that was killed lets go of its ports within seconds, so a taken
 * one is asked again for a while. @throws DemoStop with what to do
 */
export async function claimPorts(ports: DemoOptions["ports"], afterCrash: boolean): Promise<void> {
  const end = performance.now() + (afterCrash ? 12_000 : 1_000);
  for (const [service, port] of Object.entries(ports) as [keyof typeof roles, number][]) {
    while (!(await isFree(port))) {
      if (performance.now() > end)
        throw new DemoStop(`Port ${port} for ${roles[service]} is taken by another program: stop that one, or choose another port with \`npm run demo -- --${service}-port ${port + 1000}\`.`);
      await pause(250);
    }
  }
}

/** On both loopback addresses: "localhost" may be either. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1"]) if (!(await canListen(port, host))) return false;
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody on it either.
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
