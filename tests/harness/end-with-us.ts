import { spawn } from "node:child_process";

/**
 * Whatever ends this process (Ctrl-C, kill -9, a crash), the other one ends within a second and its
 * folder is removed: a broken test run leaves nothing behind.
 */
export function endWithUs(pid: number, folder?: string): void {
  const script = 'while kill -0 "$1" 2>/dev/null; do kill -0 "$2" 2>/dev/null || exit 0; sleep 1; done; kill -QUIT "$2" 2>/dev/null; sleep 1; kill -KILL "$2" 2>/dev/null; [ -z "$3" ] || rm -rf -- "$3"';
  spawn("/bin/sh", ["-c", script, "watch", String(process.pid), String(pid), folder ?? ""], { detached: true, stdio: "ignore" }).unref();
}
