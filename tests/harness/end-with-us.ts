import { spawn } from "node:child_process";
import path from "node:path";

/**
 * Whatever ends this process (Ctrl-C, kill -9, a crash), the other one ends within a second and then
 * its folder is removed: a broken test run leaves nothing behind.
 */
export function endWithUs(pid: number, folder?: string): void {
  const script = path.join(import.meta.dirname, "end-with-us.sh");
  spawn("/bin/sh", [script, String(process.pid), String(pid), ...(folder ? [folder] : [])], { detached: true, stdio: "ignore" }).unref();
}
